import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAppError } from '../../../../src/core/errors.ts';
import { checkEndpoint, endpointProblem, joinUrl } from '../../../../src/core/tenants/endpoint.ts';

const hosts = ['api.example.com', '*.own.example.net'];

describe('checkEndpoint', () => {
  it('normalises what it takes, and keeps a path as prefix', () => {
    const url = (text: string) => checkEndpoint(text, hosts).url;
    assert.equal(url('https://api.example.com'), 'https://api.example.com');
    assert.equal(url('  HTTPS://API.Example.com:443/// '), 'https://api.example.com');
    assert.equal(url('https://api.example.com/a/B/'), 'https://api.example.com/a/B');
    assert.equal(url('https://api.example.com/a/../b/%2e%2e/c'), 'https://api.example.com/c');
    assert.equal(url('https://bücher.example/x'), 'https://xn--bcher-kva.example/x');
  });

  for (const [text, problem] of [
    ['', 'notAUrl'],
    ['   ', 'notAUrl'],
    ['api.example.com', 'notAUrl'],
    ['https://', 'notAUrl'],
    ['https://api.exam ple.com', 'notAUrl'],
    ['https://api.example\n.com', 'notAUrl'],
    ['ftp://api.example.com', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['localhost:8080', 'scheme'],
    ['https://me@api.example.com', 'userInfo'],
    ['https://api.example.com:pass@evil.example', 'userInfo'],
    ['https://api.example.com?x=1', 'queryOrFragment'],
    ['https://api.example.com/?', 'queryOrFragment'],
    ['https://api.example.com/#', 'queryOrFragment'],
    ['http://api.example.com', 'plainHttp'],
    ['http://127.0.0.1.example.com', 'plainHttp'],
    ['http://localhost.example.com', 'plainHttp'],
    ['http://128.0.0.1', 'plainHttp'],
    ['http://[::2]', 'plainHttp'],
    ['http://0.0.0.0', 'plainHttp'],
  ] as const) {
    it(`refuses ${JSON.stringify(text)}: ${problem}`, () => {
      assert.equal(endpointProblem(text), problem);
      assert.throws(
        () => checkEndpoint(text, hosts),
        (error) => isAppError(error, 'invalid') && !error.message.includes('pass@'),
      );
    });
  }

  it('takes plain http on this machine, which is never foreign', () => {
    for (const host of ['127.0.0.1:8080', '127.1.2.3', 'localhost:1', '[::1]:99', '127.1', '0x7f000001', 'LOCALHOST']) {
      const endpoint = checkEndpoint(`http://${host}/sample`, hosts);
      assert.equal(endpoint.isForeign, false, host);
    }
    assert.equal(checkEndpoint('http://127.1:8080/sample', hosts).url, 'http://127.0.0.1:8080/sample');
    assert.equal(checkEndpoint('https://localhost', hosts).isForeign, false);
  });

  it('knows hosts by their exact names or by whole suffixes', () => {
    const isForeign = (host: string) => checkEndpoint(`https://${host}`, hosts).isForeign;
    assert.deepEqual(
      ['api.example.com', 'API.EXAMPLE.COM', 'a.own.example.net', 'a.b.own.example.net'].map(isForeign),
      [false, false, false, false],
    );
    for (const host of [
      'api.example.com.evil.example',
      'xapi.example.com',
      'x.api.example.com',
      'example.com',
      'own.example.net',
      'evilown.example.net',
      'a.own.example.net.evil.example',
      'api.example.com:8443',
      '10.0.0.1',
    ]) {
      assert.equal(isForeign(host), true, host);
    }
    assert.equal(checkEndpoint('https://evil.example:8443/api.example.com', hosts).host, 'evil.example:8443');
  });
});

describe('joinUrl', () => {
  it('encodes each segment whole', () => {
    assert.equal(
      joinUrl('https://a.example/x/', 'b c', 'd/e', 'f?g#h%i'),
      'https://a.example/x/b%20c/d%2Fe/f%3Fg%23h%25i',
    );
    assert.equal(joinUrl('https://a.example', '田中', '\ud800'), 'https://a.example/%E7%94%B0%E4%B8%AD/%EF%BF%BD');
  });

  it('adds exactly one segment for any text, which cannot climb', () => {
    const segment = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom('.', '..', '%2e%2e', '..%2f', '../..', '\\..\\', '?', '#', '...', '/'),
    );
    fc.assert(
      fc.property(segment, (text) => {
        const url = new URL(joinUrl('https://a.example/x', text, 'end'));
        const [, first, middle, last, ...more] = url.pathname.split('/');
        assert.deepEqual([url.host, first, last, more, url.search, url.hash], ['a.example', 'x', 'end', [], '', '']);
        assert.ok(middle);
        if (text !== '.' && text !== '..') assert.equal(decodeURIComponent(middle), text.toWellFormed());
      }),
    );
  });
});
