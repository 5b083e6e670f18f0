/** The words and figures of a tally without what is drawn behind them. */
export const withoutBars = (text: string): string => text.replaceAll(/ █+/g, '')
