# Said when something broke on our side.
discord-sorry = Sorry, something went wrong on our side, so nothing was changed. Please try again in a minute.

# Said once at each start, to whoever runs the bot.
discord-invite = To bring the bot into a Discord server, open this link: { $link }

# Told to whoever runs the bot when the connection ends for good, or is lost. $code is a number of Discord's.
discord-dead-token = Discord does not take the bot token. Make a new one in the developer portal, put it into DISCORD_TOKEN and start again.
discord-dead-intents = Discord does not allow what this version asks for. Update the bot, or look at its page in the developer portal.
discord-dead = Discord has closed the connection for good ({ $code }). Update the bot and start it again.
discord-away = Discord cannot be reached. Trying again.

# The one option of every command, in Discord's own command box: at most 100 characters.
discord-what = What to do. Leave it out, or choose from the list.

# On a button that opens a form.
discord-open-form = Open the form
# Above what is wrong with a form. The button below opens it again.
discord-form-wrong = Something is not right yet. What you typed is kept: open the form again and change it.

# Seen by one person in a channel, after the bot has written to them in private. The button leads there.
discord-told-in-private = I have written to you in private.
discord-open-private = Open our private chat

# What the bot may not do in a channel, and what to click.
discord-missing-see = I cannot see this channel. Someone who runs the server can change that: open the channel's settings (the cog), then Permissions, add me, and switch on “View Channel”.
discord-missing-send = I cannot write here. Someone who runs the server can change that: open the channel's settings (the cog), then Permissions, add me, and switch on “Send Messages” and “Send Messages in Threads”.
discord-missing-files-optional = I cannot send files here. If you want me to: open the channel's settings (the cog), then Permissions, choose me and switch on “Attach Files”.
discord-missing-history-optional = I cannot answer under a message here. If you want me to: open the channel's settings (the cog), then Permissions, choose me and switch on “Read Message History”.
discord-missing-pin-optional = I cannot pin messages here. If you want me to: open the channel's settings (the cog), then Permissions, choose me and switch on “Pin Messages”.
discord-missing-events-optional = I cannot put forums into this server's events. If you want me to: someone who runs the server opens its settings, then Roles, chooses my role and switches on “Create Events”.
