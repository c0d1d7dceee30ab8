import type { Params } from '@quarry/engine/host';

type Value = number | string | boolean | undefined;
type Token = readonly [kind: 'number' | 'name' | 'text' | 'sign', text: string];
type Term = (params: Params) => Value;

const token =
  /\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)|([A-Za-z_$][\w$]*)|'([^']*)'|"([^"]*)"|(<=|>=|==|!=|<|>|[-+*/()]))/iy;
const comparisons: Readonly<Record<string, (a: Value, b: Value) => boolean>> = {
  '<': (a, b) => Number(a) < Number(b),
  '<=': (a, b) => Number(a) <= Number(b),
  '>': (a, b) => Number(a) > Number(b),
  '>=': (a, b) => Number(a) >= Number(b),
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};
const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

/**
 * A comparison of parameters as a function: `fast < slow`, `slow >= 2 * (fast + 5)`, `mode != 'off'`. It is read, never
 * run as code. One that names a parameter that a trial does not have, since its condition does not hold, lets it pass.
 * @throws RangeError in a sentence where it cannot be read, or names what is no parameter
 */
export function constraintOf(text: string, names: readonly string[]): (params: Params) => boolean {
  return new Reader(text, names).read();
}

class Reader {
  readonly #text: string;
  readonly #names: readonly string[];
  readonly #tokens: Token[] = [];
  readonly #used: string[] = [];
  #at = 0;

  constructor(text: string, names: readonly string[]) {
    this.#text = text;
    this.#names = names;
    token.lastIndex = 0;
    for (let end = 0; end < text.trimEnd().length; end = token.lastIndex) {
      const [, number, name, single, double, sign] = token.exec(text) ?? [];
      if (number !== undefined) this.#tokens.push(['number', number]);
      else if (name !== undefined) this.#tokens.push(['name', name]);
      else if (sign !== undefined) this.#tokens.push(['sign', sign]);
      else if (single !== undefined || double !== undefined) this.#tokens.push(['text', single ?? double ?? '']);
      else throw this.#fault(`"${text.slice(end).trim().slice(0, 20)}" cannot be read`);
    }
  }

  read(): (params: Params) => boolean {
    const left = this.#sum();
    const compare = comparisons[this.#next()?.[1] ?? ''];
    if (!compare) throw this.#fault('it compares nothing');
    const right = this.#sum();
    if (this.#at < this.#tokens.length) throw this.#fault(`"${this.#tokens[this.#at]![1]}" is one too many`);
    const used = [...this.#used];
    return (params) => used.some((name) => params[name] === undefined) || compare(left(params), right(params));
  }

  #sum(): Term {
    let term = this.#product();
    while (this.#peek('+', '-')) term = combined(term, this.#next()![1], this.#product());
    return term;
  }

  #product(): Term {
    let term = this.#one();
    while (this.#peek('*', '/')) term = combined(term, this.#next()![1], this.#one());
    return term;
  }

  #one(): Term {
    const [kind, text] = this.#next() ?? ['sign', ''];
    if (kind === 'number') return () => Number(text);
    if (kind === 'text') return () => text;
    if (kind === 'name') return this.#named(text);
    if (text === '-') return combined(() => 0, '-', this.#one());
    if (text !== '(') throw this.#fault(text === '' ? 'it ends too soon' : `"${text}" is in the wrong place`);
    const inside = this.#sum();
    if (this.#next()?.[1] !== ')') throw this.#fault('a bracket is not closed');
    return inside;
  }

  #named(name: string): Term {
    if (name === 'true' || name === 'false') return () => name === 'true';
    if (!this.#names.includes(name)) {
      throw this.#fault(`there is no parameter "${name}"; the strategy declares ${this.#names.join(', ') || 'none'}`);
    }
    this.#used.push(name);
    return (params) => params[name];
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  #peek(...signs: readonly string[]): boolean {
    const [kind, text] = this.#tokens[this.#at] ?? [];
    return kind === 'sign' && signs.includes(text!);
  }

  #fault(why: string): RangeError {
    return new RangeError(`The constraint "${this.#text}" is not understood: ${why}. Write it like "fast < slow".`);
  }
}

function combined(a: Term, sign: string, b: Term): Term {
  const compute = arithmetic[sign]!;
  return (params) => compute(Number(a(params)), Number(b(params)));
}
