import { expect, test } from 'vitest'
import { deviceOf } from './device'

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140',
    { kind: 'desktop', name: 'Edge · Windows' },
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Safari/604',
    { kind: 'phone', name: 'Safari · iOS' },
  ],
  [
    'Mozilla/5.0 (Android 16; Mobile; rv:140) Firefox/140.0',
    { kind: 'phone', name: 'Firefox · Android' },
  ],
  ['python-httpx/0.28', { kind: 'script', name: 'python-httpx' }],
  [null, { kind: 'desktop', name: null }],
])('%s', (agent, device) => expect(deviceOf(agent)).toEqual(device))
