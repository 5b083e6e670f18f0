teas-command = Put the kettle on
teas-form = A cup of tea
teas-what = What is there?
teas-put-on = Put the kettle on
teas-no-words = Please say what there is.
teas-put = The kettle is on: { $words }.
teas-post = { $words } is ready. Cups so far: { $n }.
teas-over = { $words } is all gone. Cups: { $n }.
teas-want = A cup for me
teas-poured = A cup of { $words } for you.
teas-thanks = { $n } cups of { $words }: thank you all.
teas-mine = You have a cup of { $words }.
teas-alarm = { $named ->
    [yes] The pot of “{ $title }” could not be put away.
   *[no] The pots could not be put away.
  }
