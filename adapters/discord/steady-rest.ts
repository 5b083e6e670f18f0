import { REST, type RESTOptions } from 'discord.js'
import { noticesSetBack } from '../../src/platform/set-back.ts'

/** The REST client, which counts by the clock what Discord allows. Where the clock was set back it forgets what it counted, or it would wait for the time that was lost. */
export class SteadyRest extends REST {
  readonly #isSetBack = noticesSetBack()
  readonly #aSecond: number

  constructor(options: Partial<RESTOptions>) {
    super(options)
    this.#aSecond = this.options.globalRequestsPerSecond
  }

  override request(...args: Parameters<REST['request']>): ReturnType<REST['request']> {
    if (this.#isSetBack()) {
      this.handlers.clear()
      this.globalDelay = null
      this.globalReset = -1
      this.globalRemaining = this.#aSecond
    }
    return super.request(...args)
  }
}
