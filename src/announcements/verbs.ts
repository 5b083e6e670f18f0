/** Verbs of `/announce`, each with the button action that it stands for; `list` and `show` are the command's own. */
export const VERBS: Readonly<Record<string, string>> = {
  list: 'list',
  show: 'show',
  edit: 'reword',
  move: 'move',
  now: 'now',
  withdraw: 'withdraw',
}
