# Polls: what is posted
polls-closes = Closes
polls-one-answer = One answer each.
polls-several-answers =
    { $min ->
        [1] Choose up to { $max }.
       *[other] Choose { $min } to { $max }.
    }
polls-steering-only = Only the steering group can answer.
polls-secret-line = Only totals are shown. Until this closes, the people who run this bot’s server could look up a choice; after that nobody can. The chat app itself sees your tap.
polls-named-line = This chat sees totals only. The coordinators of this network can see who chose what.
polls-figures-live = The numbers show here as answers come in.
polls-figures-voted = You see the numbers when you have answered: tap “My vote”.
polls-figures-closed = The numbers are shown when this closes.
polls-no-figures = There are no numbers to show.
polls-first-step = The numbers are shown from { $next } answers on, or when this closes.
polls-as-of = The numbers stand as of { $n } answers. They move next at { $next } answers, or when this closes.
polls-few-never = If fewer than { $under } people answer, they are never shown.
polls-figures-and = { $line } { $few }
polls-too-few = Fewer than { $under } people answered, so the numbers stay hidden: they could tell who chose what.
polls-choose = Choose { $number }
polls-most = { $option } (most)
polls-count = { $n } ({ $percent })
polls-answers =
    { $n ->
        [one] 1 answer
       *[other] { $n } answers
    }
polls-area-line = { $area } ({ $n }): { $parts }
polls-area-count =
    { $n ->
        [one] { $area }: 1 answer
       *[other] { $area }: { $n } answers
    }
polls-area-others = Other answers: { $n }
polls-area-rounded = Numbers by area are rounded to the nearest 5, so that nobody can be made out. Sums may differ.
polls-under-three = under 3
polls-area-gone = An area that is no more
polls-areas-elsewhere = { $n } neighbourhoods have enough answers to be shown on their own: see /poll show.
polls-option-changed = { $option } (wording changed)
polls-option-hidden = { $option } (no longer offered: please choose again)
polls-my-vote = My vote
polls-add-option = Add an option
polls-post-changed = The wording was changed on { $when }. Votes stay with their option.
polls-post-closed = Closed { $when }.
polls-post-withdrawn = This poll was withdrawn. It has no result.
polls-post-again = This poll was shown again further down: please use the newer post.
polls-outcome-title = Result: { $question }
polls-closed-late = It was to close { $due }. The bot was away then; it closed { $when }, and votes from before that are counted.

# Polls: what one person is told
polls-receipt-counted = Counted: { $chosen }.
polls-receipt-changed = Changed. Counted now: { $chosen }.
polls-receipt-added = Added. Counted now: { $chosen }.
polls-receipt-same = Already counted: { $chosen }.
polls-receipt-full = You can choose { $max } at most. Take one back first with “My vote”. Counted: { $chosen }.
polls-receipt-nothing = You have no answer here at the moment.
polls-receipt-missing =
    { $missing ->
        [one] Choose 1 more, then it counts.
       *[other] Choose { $missing } more, then it counts.
    }
polls-receipt-first-step = Numbers show from { $next } answers on.
polls-receipt-as-of = The numbers stand as of { $n } answers and move at { $next }.
polls-receipt-poll = Poll: “{ $question }”.
polls-receipt-secret = This chat sees totals only.
polls-receipt-named = Coordinators can see who chose what.
polls-receipt-until = You can change it until { $until }.
polls-until-closed = it is closed
polls-say-area = Say your neighbourhood
polls-take-back = Change or take back
polls-taken-back = Taken back.
# A receipt of an answer in a secret poll did not get through. It must not say what was answered.
polls-lost = My answer to your tap in “{ $question }” did not get through to you. Tap “My vote” to see what counts now.
polls-mine-none = You have not answered this one. Choose here:
polls-mine-none-closed = You did not answer this one.
polls-mine-gone = This poll was secret and is over. Who chose what was deleted, so your answer cannot be shown any more.
polls-mine-chosen = Your answer:
polls-mine-area = It counts in { $area }. Your receipt: { $receipt }.
polls-mine-no-area = It counts under “area not said”. Your receipt: { $receipt }.
polls-back-one = Take back: { $option }
polls-back-all = Take everything back

polls-refused-unknown = This poll is not here any more.
polls-refused-not-yours = You can answer this poll in the chat where it was posted.
polls-refused-not-here = This poll was not posted in this chat.
polls-refused-scheduled = “{ $question }” is not open yet.
polls-refused-closed = “{ $question }” is closed. What was answered before that counts.
polls-refused-withdrawn = “{ $question }” was withdrawn.
polls-refused-restored = This poll was brought back from a backup. Its votes stand and cannot be changed; please ask a coordinator to close it.
polls-refused-paused = This network is paused. Nothing can be answered just now.
polls-refused-steering = Only the steering group can answer this one.
polls-refused-option = That option is not in this poll.
polls-refused-hidden = That option is no longer offered. Please choose another.
polls-refused-secret-reply = In a secret poll a reply in the chat is not counted, because everybody here could read it. Please use the buttons under the poll.
polls-refused-secret-reply-gone = In a secret poll a reply in the chat is not counted, because everybody here could read it. I removed it. Please use the buttons under the poll.
polls-which-option = I did not find that in “{ $question }”. Reply with its number, from 1 to { $n }, or with its words.
polls-words-change = You have answered “{ $question }” already: { $chosen }. Nothing has changed.
polls-words-choose = Choose: { $option }
polls-words-open = You have answered this secret poll already. Nothing has changed: tap to see it, and to change it.
polls-words-which =
    { $n ->
        [one] Is that your answer to this poll? Tap it to choose there.
       *[other] Which poll is that for? Tap it to choose there.
    }

# Polls: the command and its forms
polls-command = Polls: ask, list, show, close
polls-make-this = Make this a poll
polls-make-this-about = Ask everybody what this message asks
polls-example = What matters most? | Buses | Parks
polls-verb-list = all polls
polls-verb-show = how it stands
polls-verb-remind = ask again those who have not answered
polls-verb-edit = change the closing time or the words
polls-verb-again = show the poll again
polls-verb-hide = stop offering an option
polls-verb-withdraw = take the poll back
polls-verb-close = close it and say what came of it
polls-right-way = The right way: /poll What matters most? | Buses | Parks | Damp homes
polls-which = Which poll do you mean?
polls-list-more = There are older polls too. Say /poll show and how the question begins.
polls-list-title = Polls
polls-list-line = { $question } ({ $state })
polls-list-empty = There are no polls yet.
polls-state-line = This poll: { $state }.
polls-state-open = open until { $when }
polls-state-open-no-time = open
polls-state-closed = closed { $when }
polls-state-closed-no-time = closed
polls-state-scheduled = opens { $when }
polls-state-scheduled-no-time = not open yet
polls-state-withdrawn = withdrawn
polls-state-withdrawn-no-time = withdrawn
polls-turnout =
    { $n ->
        [0] The numbers are not shown yet.
        [one] 1 answer so far. The numbers are not shown yet.
       *[other] { $n } answers so far. The numbers are not shown yet.
    }
polls-turnout-steps =
    { $n ->
        [0] The numbers are not shown yet.
       *[other] At the last count there were { $n } answers. The numbers are not shown yet.
    }
polls-form-title = A new poll
polls-form-submit = Go on
polls-form-save = Save
polls-form-question = What do you want to ask?
polls-form-question-hint = For example: What matters most on our streets?
polls-form-options = What can people choose?
polls-form-options-hint = One option on each line, 2 to 20 of them.
polls-form-closes = When does it close?
polls-form-closes-hint = In plain words, such as “Friday 6pm”. Leave it empty for a week from now, 6 pm.
polls-form-closes-hand = In plain words, such as “Friday 6pm”. Leave it empty if you want to close it yourself.
polls-form-opens-hint = In plain words, such as “Monday 9am”. Leave it empty for now.
polls-form-closes-pick = Without a time it closes a week from now, at 6 pm.
polls-form-closes-pick-hand = Without a time you close it yourself.
polls-form-opens-pick = Without a time it opens now.
polls-form-when = When?
polls-answers-title = How many answers
polls-answers-min = Choose at least
polls-answers-max = Choose at most
polls-answers-hint = 1 and 1 means one answer each.
polls-reword-hint = One line for each option, in the same order. Votes stay with their option.
polls-outcome-label = What came of it?
polls-outcome-hint = One sentence that goes to every chat. You can leave it empty.
polls-close-submit = Close the poll

# Polls: the draft card
polls-draft-title = Your poll, not posted yet
polls-draft-post = Post
polls-draft-preview = Preview
polls-draft-drop = Throw away
polls-draft-dropped = Thrown away. Nothing was posted.
polls-draft-gone = This draft is not here any more. Begin again with /poll.
polls-preview-button = This is only a preview. The buttons work when the poll is posted.
polls-preview-v = When the poll is posted, a press here counts as that answer. Nothing is counted in a preview.
polls-preview-mine = When the poll is posted, a press here shows people their own answer, to change it or take it back.
polls-preview-add = When the poll is posted, a press here lets people add an answer of their own.
polls-set-answers = How many answers
polls-set-secret = Make it secret
polls-set-named = Make it named
polls-set-results = When numbers show
polls-set-add-on = Let residents add options
polls-set-add-off = No added options
polls-set-opens = When it opens
polls-set-closes = When it closes
polls-set-closing = Reminder before it closes
polls-set-steering = Steering group only
polls-set-everyone = Everyone can answer
polls-set-where = Where it goes
polls-set-chats = Choose single chats
polls-set-words = Change the words
polls-fact-answers = Answers
polls-answers-one = one each
polls-answers-several =
    { $min ->
        [1] up to { $max }
       *[other] { $min } to { $max }
    }
polls-fact-kind = Votes
polls-fact-results = Numbers
polls-fact-add = Residents may add options
polls-fact-opens = Opens
polls-fact-closes = Closes
polls-fact-closing = Reminder where few have answered
polls-fact-voters = Who can answer
polls-kind-secret = secret (the bot shows nobody who chose what)
polls-kind-named = named (coordinators see who chose what)
polls-results-live = shown at once
polls-results-steps = shown in steps, so that no tap can be told from the next
polls-results-voted = shown to those who have answered
polls-results-closed = shown when it closes
polls-closing-off = none
polls-closing-day = a day before it closes
polls-closing-hour = an hour before it closes
polls-closing-none = { $line }. { $why }
polls-closing-too-soon = It closes too soon for that, so there is none.
polls-closing-no-time = It has no closing time, so there is none.
polls-voters-everyone = everyone in those chats
polls-voters-steering = the steering group
polls-opens-now = as soon as you post it
polls-closes-never = when you close it
polls-yes = yes
polls-no = no
polls-back = Back

# Polls: managing one that stands
polls-posted =
    { $n ->
        [one] It goes out now to 1 chat.
       *[other] It goes out now to { $n } chats.
    }
polls-posted-scheduled = It opens { $when }. Until then nobody sees it.
polls-posted-closes = It closes { $when }.
polls-posted-no-close = It stays open until a coordinator closes it.
polls-reminds = Chats where few have answered are reminded { $when }.
polls-do-remind = Remind
polls-do-again = Show it again
polls-do-time = Change the time
polls-do-words = Change the words
polls-do-hide = Hide an option
polls-do-rules = Other rules
polls-do-close = Close it
polls-do-withdraw = Withdraw it
polls-do-outcome = Say what came of it
polls-do-names = Who chose what
polls-names-secret = This poll is secret. Nobody can see who chose what.
polls-names-nobody = nobody
polls-names-more = and { $n } more
polls-done-remind =
    { $n ->
        [one] The reminder goes to 1 chat.
       *[other] The reminder goes to { $n } chats.
    }
polls-remind-sure = Remind { $n } chats of “{ $question }”?
polls-remind-lately = Every chat was reminded in the last 12 hours. Too many reminders make people turn away: please wait a little.
polls-done-again =
    { $n ->
        [one] It goes out again to 1 chat. The older post will point to the new one.
       *[other] It goes out again to { $n } chats. The older posts will point to the new ones.
    }
polls-done-hide = “{ $option }” is no longer offered. Those who chose it are told to choose again.
polls-done-rules = Changed.
polls-done-withdraw = Withdrawn. The posts say so, and the votes are deleted.
polls-done-offer = “{ $question }” goes to { $space } too.
polls-done-outcome = Saved. The outcome stands in every chat.
polls-done-close = Closed. The result goes to every chat.
polls-done-time = The time is changed.
polls-done-words = The words are changed. Votes stay with their option.
polls-not-open = That works only while a poll is open.
polls-hide-question = Which option should no longer be offered? Votes for it stop counting.
polls-hide-sure = No longer offer “{ $option }”? Votes for it stop counting, and those who chose it are asked to choose again. This cannot be undone.
polls-do-hide-it = Hide it
polls-hide-two = A poll needs at least two options, so none of these can be hidden.
polls-rules-question = What should change? A secret poll stays secret, and numbers never show earlier than was promised.
polls-rule-voted = Show numbers only to those who have answered
polls-rule-closed = Show numbers only when it closes
polls-withdraw-sure = Withdraw “{ $question }”? All its votes are deleted. This cannot be undone.
polls-hidden-note = In “{ $question }”, “{ $option }” is no longer offered. If you chose it, please choose again.
polls-hidden-yours = You chose “{ $option }” in “{ $question }”. It is no longer offered: please choose again.
polls-remind =
    { $n ->
        [0] This is still open. Tap your answer below.
        [one] 1 person has answered so far. Not yet? Tap your answer below.
       *[other] { $n } people have answered so far. Not yet? Tap your answer below.
    }
polls-remind-steps =
    { $n ->
        [0] This is still open. Tap your answer below.
       *[other] At the last count { $n } people had answered. Not yet? Tap your answer below.
    }
polls-offer =
    { $n ->
        [one] One poll is open in this network. Show it in { $space } too?
       *[other] { $n } polls are open in this network. Show them in { $space } too?
    }
polls-add-title = Add an option
polls-add-submit = Add it
polls-add-label = Your option
polls-add-hint = It stands in the poll for everyone, and can be chosen at once.
polls-add-done = Added: { $option }. You can choose it now.
polls-add-empty = Please write an option.
polls-add-long = That is too long: { $max } characters at most.
polls-add-no-room = This poll is nearly full: an option this long does not fit into its message. Try a shorter one.
polls-add-same = That option is there already.
polls-add-full = This poll has 20 options, which is the most it can have.
polls-add-not-allowed = Options cannot be added to this poll.
polls-mine-in-private = Your vote is shown in our private chat.
polls-note-full = You can choose { $max } at most. Take one back first.
polls-note-saved = Saved.
# To somebody who is in a chat and has not done anything there yet.
polls-stands = { $question } (in { $chat })
polls-waiting =
    { $n ->
        [one] One poll waits for your answer
       *[other] { $n } polls wait for your answer
    }
polls-held-named =
    { $n ->
        [0] No answers in named polls.
        [one] Your answer in 1 named poll.
       *[other] Your answers in { $n } named polls.
    }
polls-held-secret =
    { $n ->
        [0] You took part in no secret polls.
        [one] That you took part in 1 secret poll (not what you chose, once it is closed).
       *[other] That you took part in { $n } secret polls (not what you chose, once they are closed).
    }
polls-held-drafts =
    { $n ->
        [one] 1 poll that you are setting up.
       *[other] { $n } polls that you are setting up.
    }

# Polls: what is refused
polls-when-which = { $when }: does the poll open then, or close?
polls-when-opens = It opens then
polls-when-closes = It closes then
polls-wrong-no-question = The question is missing.
polls-wrong-question-long = The question is too long: { $length } characters. { $max } is the most.
polls-wrong-two-options = A poll needs at least two options.
polls-wrong-many-options = That is { $count } options. { $max } is the most.
polls-wrong-option-long = This option is too long: “{ $option }”. { $max } characters is the most.
polls-wrong-together = All the words of this poll together do not fit into one message. Please make some of them shorter.
polls-wrong-same-option = “{ $option }” is there twice.
polls-wrong-line-count = Please keep one line for each of the { $n } options, in the same order.
polls-wrong-answers = Please give two numbers from 1 to { $most }, the second not smaller than the first.
polls-wrong-min-max = “At least { $min }, at most { $max }” does not work. Please change how many answers there can be.
polls-wrong-max-options = At most { $max } answers, but only { $count } options: please change one of them.
polls-wrong-nowhere = No chat has joined there yet, so nobody would see it. Please choose another place.
polls-wrong-opens-past = The time to open has passed. Please choose another.
polls-wrong-closes-past = The time to close has passed. Please choose another.
polls-wrong-closes-before-opens = It would close before it opens. Please change one of the times.
polls-wrong-secret-stays = A secret poll stays secret.
polls-wrong-results-stay = Numbers are never shown earlier than was promised.
polls-wrong-outcome-long = The outcome is too long: { $length } characters. { $max } is the most.

# Polls: in the coordinators’ calendar
polls-calendar-opens = Poll opens: { $name }
polls-calendar-closes = Poll closes: { $name }

# Polls: what meetings and residents read of them
polls-pack-outcome = Outcome: { $outcome }
polls-pack-option = { $option }: { $n }
polls-bulletin-open = “{ $question }” can be answered until { $when }.
polls-bulletin-open-end = “{ $question }” can be answered.
polls-bulletin-closed =
    “{ $question }” has closed with { $n ->
        [one] 1 answer
       *[other] { $n } answers
    }.
polls-bulletin-closed-few = “{ $question }” has closed. Too few people answered for numbers to be shown.
polls-bulletin-outcome = { $closed } Outcome: { $outcome }
polls-bulletin-most = { $closed } Most chosen: { $options }

# What was due and could not be done
polls-alarm-open =
    { $named ->
        [yes] The poll “{ $title }” could not be opened.
       *[no] A poll could not be opened.
    } I try again by myself. If it stays like this, tell whoever runs the bot.
polls-alarm-remind =
    { $named ->
        [yes] The poll “{ $title }” could not be reminded of before it closes.
       *[no] A poll could not be reminded of before it closes.
    } I try again by myself. If it stays like this, tell whoever runs the bot.
polls-alarm-close =
    { $named ->
        [yes] The poll “{ $title }” could not be closed.
       *[no] A poll could not be closed.
    } I try again by myself. If it stays like this, tell whoever runs the bot.
polls-alarm-scrub = The deleted votes of a closed poll could not be wiped from the disk yet. I try again by myself. If it stays like this, tell whoever runs the bot.
