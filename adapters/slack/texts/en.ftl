# Said when something broke on our side.
slack-sorry = Sorry, something went wrong on our side, so nothing was changed. Please try again in a minute.

# Beside a time, before the same time on the reader's own clock.

# A file for one person goes into the direct messages.
slack-file-sent = I sent it to you in our direct messages.
slack-file-not-sent = I could not send you the file in our direct messages. Please open them once and try again.

# A form could not be opened at once: a button opens it.
slack-form-wait = That took a moment. Your form is ready now.
slack-form-open = Open the form
slack-form-lost = That form is no longer there. Please start again.

# What the bot may not do in a channel, and what to type or click.
slack-missing-member = I am not in this channel. Please type /invite @Folkmoot here and send it.
slack-missing-archived = This channel is archived, so nobody can write here. Someone who manages it can bring it back.
slack-missing-post = I am not allowed to write here. A workspace admin can change that: open the channel's name, then Settings, then Posting permissions.
