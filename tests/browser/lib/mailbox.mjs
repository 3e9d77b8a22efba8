/** A mail server that keeps what it gets: enough SMTP for one letter after the other. */
import { createServer } from 'node:net';

export async function startMailbox() {
  const letters = [];
  const waiting = [];
  const take = (letter) => {
    const next = waiting.shift();
    if (next) next(letter);
    else letters.push(letter);
  };
  const server = createServer((socket) => {
    let text = '';
    let body;
    let to = '';
    const say = (line) => socket.write(`${line}\r\n`);
    say('220 test');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      for (let at; (at = text.indexOf('\r\n')) >= 0; ) {
        const line = text.slice(0, at);
        text = text.slice(at + 2);
        if (body !== undefined) {
          if (line !== '.') {
            body += `${line.replace(/^\./, '')}\n`;
            continue;
          }
          take({ to, text: decoded(body) });
          body = undefined;
          say('250 ok');
        } else if (/^EHLO/i.test(line)) socket.write('250-test\r\n250 8BITMIME\r\n');
        else if (/^RCPT/i.test(line)) {
          to = line.split(/[<>]/)[1];
          say('250 ok');
        } else if (/^DATA/i.test(line)) {
          body = '';
          say('354 go on');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else say('250 ok');
      }
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `smtp://127.0.0.1:${server.address().port}`,
    /** The next letter, when it comes. */
    next: () => (letters.length ? Promise.resolve(letters.shift()) : new Promise((done) => waiting.push(done))),
    stop: () => server.close(),
  };
}

/** The words of a letter, however they were packed for the way. */
function decoded(letter) {
  const at = letter.indexOf('\n\n');
  const [head, body] = [letter.slice(0, at), letter.slice(at + 2)];
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/quoted-printable/i.test(head)) return body;
  const bytes = body.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
