import { onDiscord } from './discord-stage.ts'
import { contract } from './suite.ts'

contract('Discord', onDiscord)
