import { contract } from './suite.ts'
import { onTelegram } from './telegram-stage.ts'

contract('Telegram', onTelegram)
