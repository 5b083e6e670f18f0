# Said when something broke on our side. Also shown as a small box after a press: at most 200 characters.
telegram-sorry = Sorry, something went wrong on our side, so nothing was changed. Please try again in a minute.

# What the bot may not do in a group, and what to click.
telegram-missing-send = I cannot write here. A group admin can change that: tap the group's name, then Edit (the pencil), then Permissions, and switch on “Send messages”. If it is on already, tap Administrators, then Add admin, and choose me.
telegram-missing-delete-optional = I cannot remove other people's messages here, so a vote that someone types for all to see will stay. If you want me to: tap the group's name, then Edit (the pencil), then Administrators, choose me and switch on “Delete messages”.
