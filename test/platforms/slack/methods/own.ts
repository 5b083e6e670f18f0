import { handle } from '../deeds.ts'
import { no, type Refusal } from '../refusal.ts'
import type { Caller } from './table.ts'

export function authTest({ workspace }: Caller): object {
  const { team, bot } = workspace
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: bot.name,
    team_id: team.id,
    user_id: bot.userId,
    bot_id: bot.botId,
    is_enterprise_install: false,
  }
}

export function openConnection({ world, workspace }: Caller): object {
  const root = world.root.replace(/^http/, 'ws')
  return { url: `${root}/link/?ticket=${workspace.sockets.ticket()}&app_id=${workspace.bot.appId}&team=${workspace.team.id}` }
}

export function botsInfo({ workspace }: Caller, fields: { readonly bot?: string }): object | Refusal {
  const { bot } = workspace
  if (fields.bot !== undefined && fields.bot !== bot.botId) return no('bot_not_found')
  return {
    bot: { id: bot.botId, deleted: false, name: bot.name, updated: 1_700_000_000, app_id: bot.appId, user_id: bot.userId, icons: {} },
  }
}

export function teamInfo({ workspace }: Caller, fields: { readonly team?: string }): object | Refusal {
  const { team } = workspace
  if (fields.team !== undefined && fields.team !== team.id) return no('team_not_found')
  return { team: { ...team, email_domain: '', icon: {} } }
}

export function usersInfo({ workspace }: Caller, fields: { readonly user: string; readonly include_locale?: boolean }): object | Refusal {
  const user = workspace.users.get(fields.user)
  if (!user) return no('user_not_found')
  const { id, name, zone, locale, admin, owner, guest, bot, deactivated } = user
  const profile = {
    real_name: name,
    display_name: name,
    real_name_normalized: name,
    display_name_normalized: name,
    team: workspace.team.id,
  }
  const base = {
    id,
    team_id: workspace.team.id,
    name: handle(user),
    deleted: deactivated,
    profile,
    is_bot: bot,
    is_app_user: false,
    updated: 1_700_000_000,
  }
  // Of those who have left, nothing more is told.
  if (deactivated) return { user: base }
  const roles = { is_admin: admin || owner, is_owner: owner, is_primary_owner: false, is_restricted: guest, is_ultra_restricted: false }
  return { user: { ...base, ...roles, real_name: name, tz: zone, tz_label: zone, tz_offset: 0, ...(fields.include_locale && { locale }) } }
}
