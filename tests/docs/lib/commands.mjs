/** Commands of a shell block, and what of them their programs do not know: asked of the programs themselves. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { faultOfRequest } from './requests.mjs';

const PROGRAMS = { podskazka: 'target/debug/podskazka', 'podskazka-server': 'target/debug/podskazka-server' };

/** Lines without comments, in pieces between `&&`; a line that goes on in the next is one. */
export function commands(code) {
  return code
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').replace(/^\s*#.*$/, '').trim())
    .flatMap((line) => line.split(' && '))
    .filter(Boolean);
}

const words = (line) => [...line.matchAll(/"[^"]*"|'[^']*'|\S+/g)].map((it) => it[0]).filter((it) => !/^[A-Z_]+=/.test(it));

const helps = new Map();
function help(program, path) {
  const key = [program, ...path].join(' ');
  if (!helps.has(key)) {
    const said = spawnSync(program, [...path, '--help'], { encoding: 'utf8' });
    helps.set(key, said.status === 0 ? said.stdout : '');
  }
  return helps.get(key);
}

/** The commands that a help text lists. */
const listed = (text) => [...(text.split(/^Commands:$/m)[1]?.split(/^\S/m)[0] ?? '').matchAll(/^ {2}(\S+)/gm)].map((it) => it[1]);

function known(program, args, line) {
  const path = [];
  const faults = [];
  let value = false;
  for (const arg of args) {
    if (value) {
      value = false;
      continue;
    }
    // A flag of the program itself may stand before the command.
    const text = [help(program, path), help(program, [])].find((it) => !arg.startsWith('-') || it.includes(`${arg.split('=')[0]} `) || it.includes(`${arg.split('=')[0]}\n`));
    if (arg.startsWith('-')) {
      if (!text) faults.push(`${line}: no option ${arg}`);
      value = !arg.includes('=') && new RegExp(`${arg} <`).test(text ?? '');
    } else {
      const commands = listed(help(program, path));
      if (commands.includes(arg)) path.push(arg);
      else if (commands.length) faults.push(`${line}: no command ${arg}`);
    }
  }
  return faults;
}

export function faultOfCommand(line) {
  const [program, ...args] = words(line);
  if (program in PROGRAMS) return known(PROGRAMS[program], args, line);
  if (program === 'cargo' && args[0] === 'xtask') return known('target/debug/xtask', args.slice(1), line);
  if (program === 'cargo') return ['build', 'test', 'run', 'fmt', 'clippy', '+nightly'].includes(args[0]) ? [] : [`${line}: cargo ${args[0]}`];
  // What stands in an installed package is one of its templates.
  const source = (it) => it.replace(/^node_modules\/podskazka\//, 'pkg-templates/');
  if (program === 'node') return args.filter((it) => /\.m?js$/.test(it) && !existsSync(source(it))).map((it) => `${line}: ${it} is not there`);
  if (program === 'npx') return args[0] === 'webpack' ? [] : [`${line}: npx ${args[0]}`];
  if (program === 'npm') return ['install', 'create', 'run', 'init', 'pkg'].includes(args[0]) ? [] : [`${line}: npm ${args[0]}`];
  // Steps around a command of ours; `tests/pkg/vite.mjs` and `webpack.mjs` go the whole way.
  if (['cd', 'mkdir', 'cp'].includes(program)) return [];
  if (program === 'curl') return faultOfRequest(args).map((fault) => `${line}: ${fault}`);
  return [`${line}: the program ${program} is unknown here`];
}
