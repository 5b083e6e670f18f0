import type { Page } from 'playwright-core'

/** Words on the page whose contrast with what is behind them is under 4.5 to 1 (WCAG 2.2 AA, also for large ones), as lines. */
export function unreadable(page: Page): Promise<readonly string[]> {
  return page.locator('body').evaluate(body => {
    const document = body.ownerDocument
    const { getComputedStyle, NodeFilter } = document.defaultView
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const rgba = (color: string): number[] => {
      if (!context) return []
      context.clearRect(0, 0, 1, 1)
      context.fillStyle = color
      context.fillRect(0, 0, 1, 1)
      return [...context.getImageData(0, 0, 1, 1).data]
    }
    const behind = (element: typeof body | null): number[] => {
      const color = element ? rgba(getComputedStyle(element).backgroundColor) : [255, 255, 255, 255]
      const [r = 0, g = 0, b = 0, a = 0] = color
      if (a === 255 || !element) return color
      const [lr = 0, lg = 0, lb = 0] = behind(element.parentElement)
      return [r, g, b].map((part, i) => (part * a + ([lr, lg, lb][i] ?? 0) * (255 - a)) / 255)
    }
    const light = (color: number[]): number => {
      const [r = 0, g = 0, b = 0] = color
        .slice(0, 3)
        .map(part => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const bad: string[] = []
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement
      const text = walker.currentNode.textContent?.trim()
      if (!element || !text || !element.checkVisibility({ visibilityProperty: true }) || element.closest('.unseen')) continue
      const [a, b] = [light(rgba(getComputedStyle(element).color)), light(behind(element))]
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
      if (ratio < 4.5) bad.push(`${ratio.toFixed(2)}: ${text.slice(0, 40)}`)
    }
    return bad
  })
}
