# Choosing where something goes
places-fact-where = Where
places-fact-audience = For
places-fact-platforms = Only on
places-audience-residents = residents’ chats
places-audience-steering = steering chats
places-audience-everyone = both kinds
places-all = All chats
# The same inside a sentence.
places-all-said = all chats
places-now = Chosen: { $where }
places-gone = one that is no more
places-more = and { $n } more
places-reach =
    { $n ->
        [0] { $where } (no chat has joined there)
        [one] { $where } (1 chat)
       *[other] { $where } ({ $n } chats)
    }
places-question = Where should it go? Tap what you want; tap it again to take it back.
places-chats-question =
    { $n ->
        [0] Tap the chats that it should go to.
        [one] 1 chat is chosen. Tap more, or tap it again to take it back.
       *[other] { $n } chats are chosen. Tap more, or tap one again to take it back.
    }
places-chosen = { $name } (chosen)
places-page-before = Earlier
places-page-after = More
places-back = Back
kit-more-words = And { $n } more: say a few words of it after the verb.
