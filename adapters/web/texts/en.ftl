# The browser chat, for trying the bot.
web-lang = en
web-title = Folkmoot: trial chat
web-tagline = Trial chat
web-noscript = This chat needs JavaScript. Please turn it on in your browser and load the page again.

# The page behind the link, where it does not go on by itself.
web-enter = Open the chat

# A browser that has no access.
web-closed-title = This chat is not open here
web-closed-why = The link to it works once, for one browser at a time. It has been used already, or it is an old one.
web-closed-how = For a new link, go to the window where Folkmoot runs, stop it (press Ctrl and C together) and start it again.
web-closed-again = Try again

# Around the chat.
web-skip = Skip to the message box
web-menu = People and chats
web-close = Close
web-not-now = Not now
web-people = You are
web-chats = Chats
web-chats-private = Private chat with Folkmoot
web-chat-unread = { $count } new
web-speaking-as = You speak as { $name }
web-home = Home
web-home-panel = Home: what is for you
web-newer = New messages below

# For newcomers.
web-help = New here?
web-help-what = This is a make-believe network with the real Folkmoot bot in its chats. It is for trying: nothing here leaves this computer.
web-help-be = Under “People and chats” you can be anyone, and go to any chat. Jo is the coordinator.
web-help-guide = Show me how
web-help-poll = Write a poll
web-help-poll-example = /poll What matters most? | Buses | Parks | Damp homes
web-help-vote = To vote, press an answer under a poll in the chat. Watch the numbers.

# Messages.
web-log = Messages in { $chat }
web-bot = Folkmoot
web-you = { $name } (you)
web-whisper = Only you see this
# On a card that a newer one has followed: its buttons still work, but Tab passes them by.
web-old = Older answer
web-whisper-close = Hide this
web-pinned = Pinned
web-empty = Nothing has been said here yet.
web-removed = This message was taken away.
web-reply = Reply
web-reply-to = In reply to: { $text }
# In a form, beside a picture that could not be sent: it may be too large.
web-picture-failed = This picture did not get through. It may have at most { $size } MB. Please choose another one or try again.
web-file-save = Save { $name }
web-waiting = One moment…

# The message box.
web-composer = Message
web-composer-hint = Write, or type /
web-send = Send
web-replying = Replying to:
web-reply-stop = Do not reply
web-suggestions = Suggestions

# Forms.
web-form-optional = (you may leave this empty)
web-form-required = Please fill this in.
web-form-wrong = Something is not right yet. Please look at what is marked below.
web-form-kept = What you type stays here if you close this.

# The line to the bot.
web-line-lost = Folkmoot does not answer. Is it still running? This page keeps trying.
web-line-again = That did not get through. Trying again…
web-line-failed = Something went wrong on our side. Please try that again.
web-gone = This chat is no longer open here. Use the newest link from the window where Folkmoot runs.
