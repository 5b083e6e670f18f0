import { contract } from './suite.ts'
import { onWeb } from './web-stage.ts'

contract('the browser chat', onWeb)
