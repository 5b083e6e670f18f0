// @ts-check

/**
 * An element. `attrs`: strings are attributes, `true` an empty one, `undefined` and `false` none.
 * @param {string} tag
 * @param {Record<string, string | boolean | undefined>} [attrs]
 * @param {...(Node | string | undefined | false)} inside
 * @returns {HTMLElement}
 */
export function el(tag, attrs = {}, ...inside) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attrs)) {
    if (typeof value === 'string') made.setAttribute(name, value)
    else if (value) made.setAttribute(name, '')
  }
  for (const one of inside) if (one) made.append(one)
  return made
}

/**
 * The element of that id in our own page.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`The page has no ${id}.`)
  return found
}

/**
 * The closest element around an event's target.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | undefined}
 */
export function around(event, selector) {
  const found = event.target instanceof Element ? event.target.closest(selector) : null
  return found instanceof HTMLElement ? found : undefined
}

/**
 * Makes `old` like `fresh` while keeping the nodes that are still the same, so that focus stays and bars grow instead of jumping.
 * @param {Element} old
 * @param {Element} fresh
 */
export function morph(old, fresh) {
  for (const { name } of [...old.attributes]) if (name !== 'style' && !fresh.hasAttribute(name)) old.removeAttribute(name)
  for (const { name, value } of fresh.attributes) if (name !== 'style' && old.getAttribute(name) !== value) old.setAttribute(name, value)
  if (old instanceof HTMLElement && fresh instanceof HTMLElement && old.style.cssText !== fresh.style.cssText)
    old.style.cssText = fresh.style.cssText
  const before = [...old.childNodes]
  const after = [...fresh.childNodes]
  for (const [i, node] of after.entries()) {
    const was = before[i]
    if (!was) old.append(node)
    else if (was instanceof Element && node instanceof Element && alike(was, node)) morph(was, node)
    else if (!was.isEqualNode(node)) was.replaceWith(node)
  }
  for (const node of before.slice(after.length)) node.remove()
}

/**
 * A button never turns into another one under somebody's finger.
 * @param {Element} a
 * @param {Element} b
 */
function alike(a, b) {
  return (
    a.tagName === b.tagName &&
    a.getAttribute('data-token') === b.getAttribute('data-token') &&
    a.getAttribute('href') === b.getAttribute('href')
  )
}
