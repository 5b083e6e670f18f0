# Repeated announcements: what only they say
series-do-repeat = Repeat it
series-fact-dates = Next dates
series-do-last = The last post
series-of-series = All its dates
series-done-words = The words are changed, from the next date on. What was posted stays as it is.
series-list-line = { $when }: { $words } (repeats)
series-list-paused = Paused
series-list-paused-line = { $words }: { $rule }
series-held-made =
    { $n ->
        [one] That you made 1 repeated announcement.
       *[other] That you made { $n } repeated announcements.
    }
announcements-verb-skip = leave out the next date of a repeated one
announcements-verb-pause = pause a repeated one
announcements-verb-resume = go on with a paused one
announcements-verb-end = end a repeated one
series-unknown = This repeated announcement is not here any more.
series-missed = While I was away, dates of repeated announcements passed ({ $network }).
series-picture = With a picture: { $about }
