# One line after a command: words | parts | key: value
line-twice = “{ $key }:” is there twice. Which one holds?
line-empty = Nothing stands after “{ $key }:”.
line-unknown = I do not understand “{ $said }”. After a | you can say one of these: { $keys }
line-no-areas = There is no area “{ $said }” in this network. There are: { $names }
line-no-platforms = No chat of this network is on “{ $said }”. There are: { $names }
line-which = “{ $said }” can mean several: { $names }
line-audience = I do not understand “{ $said }”. Whom is it for?
line-choose-where = Choose where
line-show-draft = Show the draft
line-another-time = Another time

# What somebody without the role has written
kit-left = For ten minutes a coordinator can take on what you wrote, with the same command, here or in private with me.
kit-left-ask = Somebody has written this for a coordinator. Take it on, or begin anew?
kit-left-take = { $name }: { $words }

# The card of a draft
kit-widen = Send to all chats
