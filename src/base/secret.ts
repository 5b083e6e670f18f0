/**
 * Words that tell of somebody's choice. They are of a type of their own, so that the compiler refuses them to all that stores views, replies or JSON; and
 * where no type is asked (a log), nothing of them comes out. Only `src/app/respond.ts` may open them, to hand them to the person's platform.
 */
export class Secret<Value> {
  readonly #value: Value

  constructor(value: Value) {
    this.#value = value
  }

  static reveal<Value>(secret: Secret<Value>): Value {
    return secret.#value
  }
}
