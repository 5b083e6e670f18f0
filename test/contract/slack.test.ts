import { onSlack } from './slack-stage.ts'
import { contract } from './suite.ts'

contract('Slack', onSlack)
