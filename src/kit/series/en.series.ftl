# What repeats: what the draft card says
series-goes-out = { $rule } ({ $zone } time)
series-date-skipped = { $when }: the clocks jump over { $time } on that day
series-date-twice = { $when }: { $time } comes twice on that day, and I take the first
series-wrong-begun = The first of these dates has passed meanwhile. Look at the next ones, and press Post if they are right.
series-form-save = Save
series-form-repeat = How often should it go out?
series-form-repeat-hint = Such as “every second Tuesday at 18:30 until 31 March”. Leave it empty for once.
series-one-time = One time is wanted here, such as “Saturday 10am”.

# What repeats: the card
series-made = Done. It goes out at each of these dates by itself.
series-stage-active = Goes out: { $rule }.
series-stage-paused = Paused. It would go out: { $rule }.
series-stage-over = No date is left. It went out: { $rule }.
series-stage-ended = Ended. It went out: { $rule }.
series-fact-missed = Missed
series-fact-missed-value =
    { $n ->
        [one] 1 date: { $when }
       *[other] { $n } dates, the last one { $when }
    }
series-moved = { $when } (moved from { $from })
series-skipped = { $when } (left out)
series-do-dates = Move or skip a date
series-do-rule = Change how often
series-do-pause = Pause it
series-do-resume = Go on
series-do-end = End it
series-do-move = Move it
series-do-skip = Leave it out
series-do-putback = Put it back
series-do-yes = Yes, change it
series-dates-title = Which date?
series-dates-none = No date is left.
series-date-question = “{ $words }”: { $when }. What should become of this date? The others stay as they are.
series-form-when = To when?
series-form-when-hint = In plain words, such as “Saturday 10am”.
series-new-rule = From now on: { $rule }. Dates that were moved or left out are forgotten.
series-end-sure = End “{ $words }”? Nothing of it goes out any more. What was posted stays. This cannot be undone.
series-done-rule = It goes out by the new rule from now on.
series-done-skip = Left out: { $when }. All other dates stay.
series-done-putback = It goes out again at { $when }.
series-done-move = Moved to { $when }. All other dates stay.
series-done-pause = Paused. Nothing of it goes out until you press Go on.
series-done-resume = It goes on with its next date.
series-done-end = Ended. Nothing of it goes out any more.

# What repeats: what is refused
series-ended = It has ended.
series-not-active = That works only while it goes out.
series-not-paused = It is not paused.
series-no-date = That is none of its dates to come.
series-taken = It goes out at that time already. Please choose another.
series-apart = So many single dates differ already that I cannot keep more. Change how often it goes out.
series-rule-gone = This change is not here any more. Begin again from the card.

# What repeats: what was missed
series-missed-line =
    { $n ->
        [one] “{ $words }”: 1 date was not posted, { $when }.
       *[other] “{ $words }”: { $n } dates were not posted, the last one { $when }.
    }
series-missed-but-newest =
    { $n ->
        [one] “{ $words }”: 1 date was not posted, { $when }. The one after it is posted now.
       *[other] “{ $words }”: { $n } dates were not posted, the last one { $when }. The one after it is posted now.
    }
series-missed-more =
    { $n ->
        [one] and 1 more
       *[other] and { $n } more
    }
