import { fireEvent, screen, waitFor } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test } from 'vitest'
import type { ChainHead, Verified } from '@/api/gen/types.gen'
import { renderPart } from '@/test/render'
import { server, signIn, withApi } from '@/test/server'
import { ChainCard } from './ChainCard'

withApi()

const HEAD: ChainHead = {
  count: 1200,
  position: 1250,
  chain: 'ab'.repeat(32),
  chained_at: '2026-11-26T10:00:00Z',
  waiting: 2,
  verified: null,
}
const WHOLE: Verified = {
  at: '2026-11-26T10:00:00Z',
  outcome: 'whole',
  count: 1200,
  position: 1250,
  erased: 0,
  waiting: 0,
  broken_at: null,
  broken_by: null,
}

let head = HEAD

function operation(ended: boolean, failure: string | null = null) {
  return HttpResponse.json({
    id: 'op',
    kind: 'verify_event_log',
    status: failure ? 'failed' : ended ? 'succeeded' : 'queued',
    progress: { done: 0, total: 0 },
    result: null,
    failure,
    ended_at: ended ? '2026-11-26T10:00:00Z' : null,
  })
}

beforeEach(() => {
  signIn()
  head = HEAD
  server.use(
    http.get('*/v1/event-log/head', () => HttpResponse.json(head)),
    http.post('*/v1/event-log/verify', () => operation(false)),
    http.get('*/v1/operations/op', () => operation(true)),
  )
})

test('says how far the log is chained, and that nobody has verified it', async () => {
  renderPart(<ChainCard />)
  expect(await screen.findByText('Not verified yet')).toBeInTheDocument()
  expect(screen.getByText(/Head: entry 1,250 · 2 entries not chained yet/)).toBeInTheDocument()
  expect(screen.getByText('abababababababab…')).toBeInTheDocument()
})

test('a click verifies it and says how it stands', async () => {
  renderPart(<ChainCard />)
  const button = await screen.findByRole('button', { name: 'Verify' })
  head = { ...HEAD, verified: { ...WHOLE, erased: 3 } }
  fireEvent.click(button)
  expect(await screen.findByText('The log is whole')).toBeInTheDocument()
  expect(screen.getByText(/Verified on .*, up to entry 1,250\./)).toBeInTheDocument()
  expect(screen.getByText(/The content of 3 entries was erased/)).toBeInTheDocument()
  await waitFor(() => expect(button).toBeEnabled())
})

test.each([
  ['changed', 'it was changed'],
  ['removed', 'entries are missing'],
  ['inserted', 'it was inserted'],
] as const)('names what broke it: %s', async (broken_by, words) => {
  head = {
    ...HEAD,
    verified: { ...WHOLE, outcome: 'broken', broken_at: 1017, broken_by },
  }
  renderPart(<ChainCard />)
  expect(await screen.findByText(`The log is broken at entry 1,017: ${words}`)).toBeInTheDocument()
})

test('a verification that failed says so', async () => {
  server.use(http.get('*/v1/operations/op', () => operation(true, 'It failed again and again.')))
  renderPart(<ChainCard />)
  fireEvent.click(await screen.findByRole('button', { name: 'Verify' }))
  expect(await screen.findByText('It could not be verified')).toBeInTheDocument()
})
