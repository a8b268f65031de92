// Draws values from a seed: the same ones on every machine (splitmix32).
export class Draw {
  #state;

  constructor(seed) {
    this.#state = Math.imul(seed, 0x9e3779b1) >>> 0;
  }

  // word is a number of 32 bits.
  word() {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  }

  // below is a whole number from 0 up to n, without n; n is at most 2^52.
  below(n) {
    return Math.floor(((this.word() * 0x100000 + (this.word() >>> 12)) / 2 ** 52) * n);
  }

  // oneIn is true once in n times.
  oneIn(n) {
    return this.below(n) === 0;
  }

  of(list) {
    return list[this.below(list.length)];
  }

  bytes(n) {
    const b = new Uint8Array(n);
    for (let i = 0, word = 0; i < n; i++, word >>>= 8) {
      if (i % 4 === 0) word = this.word();
      b[i] = word;
    }
    return b;
  }
}
