# How often something happens. In English each of these can also be typed in.
repeat-minutes = every { $n } minutes
repeat-hours =
    { $n ->
        [one] every hour
       *[other] every { $n } hours
    }
repeat-days =
    { $n ->
        [one] every day
        [2] every second day
       *[other] every { $n } days
    }
repeat-workdays = every weekday
repeat-week =
    { $n ->
        [one] every { $days }
        [2] every second { $days }
       *[other] every { $n } weeks on { $days }
    }
repeat-weeks =
    { $n ->
        [one] every { $days }
       *[other] every { $n } weeks on { $days }
    }
repeat-months =
    { $n ->
        [one] { $on } of every month
        [2] { $on } of every second month
       *[other] { $on } of every { $n } months
    }
repeat-quarters = { $on } of every quarter
repeat-years =
    { $n ->
        [one] every year on { $on } of { $months }
       *[other] every { $n } years on { $on } of { $months }
    }
repeat-date =
    { $day ->
        [1] the 1st
        [2] the 2nd
        [3] the 3rd
        [21] the 21st
        [22] the 22nd
        [23] the 23rd
        [31] the 31st
       *[other] the { $day }th
    }
repeat-last-day = the last day
repeat-nth =
    { $nth ->
        [first] the first { $day }
        [second] the second { $day }
        [third] the third { $day }
        [fourth] the fourth { $day }
        [fifth] the fifth { $day }
       *[last] the last { $day }
    }
repeat-at = { $often } at { $time }
repeat-until = { $often }, until { $date }
repeat-times =
    { $n ->
        [one] { $often }, 1 time
       *[other] { $often }, { $n } times
    }

# How often something happens: what is refused
repeat-unknown = I do not understand how often.
repeat-word = I do not understand “{ $said }” in that.
repeat-one-way = “{ $said }” can mean more than one thing.
repeat-no-clock = There is no such time of day as “{ $said }”.
repeat-maybe = Did you mean { $nearest }?
repeat-example = Try “every second Tuesday at 18:30”, “first Monday of each quarter at 10:00” or “every day at 9 until 31 March”.
repeat-which-days = Please say on which days instead of “{ $said }”. Try “every Tuesday and Friday at 18:30”.
repeat-too-often = That is too often. Every { $n } minutes is the most.
repeat-too-seldom = That is too seldom. Try “every year on 5 December at 18:00”.
repeat-never = There is no such date. Try “every month on the last day at 18:00” or an end that is later.
repeat-two-ends = Say either until when or how many times, not both. Try “every day at 9 until 31 March” or “every day at 9, 10 times”.
repeat-times-unknown = I do not understand “{ $said }” as a number of times. Try “every day at 9, 10 times”.
repeat-until-unknown = I do not understand “{ $said }” as the last day, or that day has passed. Try “every day at 9 until 31 March”.
repeat-from-unknown = I do not understand “{ $said }” as the first day, or that day has passed. Try “every Monday at 9 from 5 January”.
