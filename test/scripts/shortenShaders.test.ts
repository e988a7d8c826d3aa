import { shortenShaders } from '../../scripts/shortenShaders.ts';

describe('shortenShaders', () => {
  it('leaves no blank and no comment in a shader that means nothing', () => {
    const source = `
const name = \`select \${dtype} \${bits}\`; // a name
const code = (n: number) => \`
  var<private> a : array<u32, \${String(n)}>; // of entries
  fn main(i : i32) -> i32 {
    // Nothing else.
    let b = i + 1;
    return select(b, -1, i < 3 && b > 0);
  }\`;
`;
    expect(shortenShaders(source)).toBe(`
const name = \`select \${dtype} \${bits}\`; // a name
const code = (n: number) => \`
var<private>a:array<u32,\${String(n)}>;fn main(i:i32)->i32{let b=i+1;return select(b,-1,i<3&&b>0);}\`;
`);
  });
});
