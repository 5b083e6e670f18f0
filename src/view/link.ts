/**
 * The address of a page: http or https, without a name and password, which could make one place look like another, and no longer than `most` UTF-16 units.
 * `https` may be left out.
 */
export function parseLink(words: string, most: number): { readonly url: string } | { readonly wrong: 'link' | 'length' } {
  const said = words.trim()
  if (said.length > most) return { wrong: 'length' }
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(said) && !/^[^/]+\.[^/]+:\d/.test(said) ? said : `https://${said}`
  if (!/^https?:\/\//i.test(whole) || /\s/.test(whole) || !URL.canParse(whole)) return { wrong: 'link' }
  const url = new URL(whole)
  if (url.username || url.password || !/[^.]\.[^.]/.test(url.hostname)) return { wrong: 'link' }
  return url.href.length > most ? { wrong: 'length' } : { url: url.href }
}

/** Where a link leads, for people: its host. */
export function hostOf(url: string): string {
  return new URL(url).host
}
