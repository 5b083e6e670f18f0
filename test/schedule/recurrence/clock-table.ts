/** What is said, from when on, and the instants (UTC) that it means in London. Clocks go forward on 28 March 2027 at 01:00, back on 31 October at 02:00. */
export const clockChanges: readonly { readonly words: string; readonly from: string; readonly dates: readonly string[] }[] = [
  {
    words: 'every day at 01:30',
    from: '2027-03-26T12:00:00Z',
    // 01:30 does not exist on the 28th: with the offset from before it is 02:30.
    dates: ['2027-03-27T01:30', '2027-03-28T01:30 skipped', '2027-03-29T00:30', '2027-03-30T00:30'],
  },
  {
    words: 'every day at 01:30',
    from: '2027-10-29T12:00:00Z',
    // 01:30 is there twice on the 31st: the first is meant.
    dates: ['2027-10-30T00:30', '2027-10-31T00:30 twice', '2027-11-01T01:30', '2027-11-02T01:30'],
  },
  { words: 'every Monday at 09:00', from: '2027-03-20T12:00:00Z', dates: ['2027-03-22T09:00', '2027-03-29T08:00', '2027-04-05T08:00'] },
  { words: 'every Monday at 09:00', from: '2027-10-20T12:00:00Z', dates: ['2027-10-25T08:00', '2027-11-01T09:00', '2027-11-08T09:00'] },
  {
    words: 'every 30 minutes',
    from: '2027-03-28T00:10:00Z',
    dates: ['2027-03-28T00:30', '2027-03-28T01:00', '2027-03-28T01:30', '2027-03-28T02:00', '2027-03-28T02:30'],
  },
  {
    words: 'every 30 minutes',
    from: '2027-10-31T00:10:00Z',
    dates: ['2027-10-31T00:30', '2027-10-31T01:00', '2027-10-31T01:30', '2027-10-31T02:00', '2027-10-31T02:30'],
  },
  {
    words: 'last Sunday of the month at 11:00',
    from: '2027-02-01T12:00:00Z',
    dates: ['2027-02-28T11:00', '2027-03-28T10:00', '2027-04-25T10:00'],
  },
  {
    words: 'last Sunday of the month at 11:00',
    from: '2027-09-01T12:00:00Z',
    dates: ['2027-09-26T10:00', '2027-10-31T11:00', '2027-11-28T11:00'],
  },
  {
    words: 'last Sunday of the month at 01:30',
    from: '2027-02-01T12:00:00Z',
    dates: ['2027-02-28T01:30', '2027-03-28T01:30 skipped', '2027-04-25T00:30'],
  },
  { words: 'last Sunday of the month at 01:30', from: '2027-10-01T12:00:00Z', dates: ['2027-10-31T00:30 twice', '2027-11-28T01:30'] },
  {
    words: 'every day at 01:30, 3 times',
    from: '2027-03-27T12:00:00Z',
    dates: ['2027-03-28T01:30 skipped', '2027-03-29T00:30', '2027-03-30T00:30'],
  },
  { words: 'every day at 00:30 until 28 March', from: '2027-03-26T12:00:00Z', dates: ['2027-03-27T00:30', '2027-03-28T00:30'] },
]

/** Single times. */
export const oneOffs: readonly { readonly words: string; readonly now: string; readonly at: string }[] = [
  { words: '28 March 2027 01:30', now: '2027-03-20T12:00:00Z', at: '2027-03-28T01:30 skipped' },
  { words: '2027-03-28T01:30', now: '2027-03-20T12:00:00Z', at: '2027-03-28T01:30 skipped' },
  { words: '28 March 2027 02:30', now: '2027-03-20T12:00:00Z', at: '2027-03-28T01:30' },
  { words: '31 October 2027 01:30', now: '2027-10-20T12:00:00Z', at: '2027-10-31T00:30 twice' },
  { words: 'Monday 9am', now: '2027-03-26T12:00:00Z', at: '2027-03-29T08:00' },
  { words: 'in 2 hours', now: '2027-03-28T00:00:00Z', at: '2027-03-28T02:00' },
]
