import { screen, waitFor } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { useState } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { CoachAdvice, CoachRemark, FeedbackDraft, SpeakingStyle } from '@/api/gen/types.gen'
import { BEN, CHIARA } from '@/test/feedback'
import { renderPart } from '@/test/render'
import { problem, server, signIn, withApi } from '@/test/server'
import { CoachRemarks } from './CoachRemarks'

withApi()
beforeEach(() => {
  signIn()
  likes(null)
})

const TEXT = 'You always win, and never say how'

function remark(rule: CoachRemark['rule'], words = '', change: Partial<CoachRemark> = {}) {
  const start = Math.max(TEXT.indexOf(words), 0)
  const end = start + words.length
  const usual: CoachRemark = { rule, kind: 'respectful', words, start, end, softeners: null }
  return { ...usual, ...change }
}

function advises(remarks: CoachRemark[], structure: CoachAdvice['structure'] = []) {
  const asked: FeedbackDraft[] = []
  server.use(
    http.post('*/v1/feedback/advice', async ({ request }) => {
      asked.push((await request.json()) as FeedbackDraft)
      return HttpResponse.json({ language: 'en', remarks, structure } satisfies CoachAdvice)
    }),
  )
  return asked
}

function likes(style: SpeakingStyle | null) {
  server.use(http.get('*/v1/communication-style', () => HttpResponse.json({ style })))
}

interface FormProps {
  text?: string
  receivers?: (typeof BEN)[]
  onShow?: (remark: CoachRemark) => void
}

function Form({ text: first = '', receivers = [BEN], onShow = () => undefined }: FormProps) {
  const [text, setText] = useState(first)
  return (
    <>
      <textarea aria-label="Words" value={text} onChange={(e) => setText(e.currentTarget.value)} />
      <CoachRemarks draft={{ kind: 'advice', text, receivers }} onShow={onShow} />
    </>
  )
}

const rest = (ms: number) => new Promise((rested) => setTimeout(rested, ms))
const written = () => screen.getByRole('textbox', { name: 'Words' })

test('advice is asked for once, when one stops typing', async () => {
  const asked = advises([remark('absolute', 'always')])
  const { user } = renderPart(<Form />)
  await user.click(await screen.findByRole('textbox', { name: 'Words' }))
  await user.paste('You always ')
  await rest(700) // too few words to advise on
  await user.paste('win, and never')
  await rest(200)
  await user.paste(' say how')
  await rest(200)
  expect(asked).toEqual([])
  expect(await screen.findByText('“always”: how often, and when last?')).toBeInTheDocument()
  expect(asked).toEqual([{ kind: 'advice', language: 'en', text: TEXT, receiver_ids: ['ben'] }])
})

test('an answer that comes too late is not waited for', async () => {
  const stopped = vi.fn()
  server.use(
    http.post('*/v1/feedback/advice', async ({ request }) => {
      await new Promise((abort) => request.signal.addEventListener('abort', abort))
      stopped()
      return HttpResponse.error()
    }),
  )
  const { user } = renderPart(<Form text={TEXT} />)
  const words = await screen.findByRole('textbox', { name: 'Words' })
  await user.type(words, '!')
  await waitFor(() => expect(stopped).toHaveBeenCalledTimes(1))
})

test('a remark says why on demand, and shows its words while they stand there', async () => {
  const onShow = vi.fn()
  advises([remark('absolute', 'always'), remark('no_next_step')])
  const { user } = renderPart(<Form text={TEXT} onShow={onShow} />)
  const advice = '“always”: how often, and when last?'
  const why = await screen.findByRole('button', { name: `Why: ${advice}` })
  expect(why).toHaveAttribute('aria-expanded', 'false')
  await user.click(why)
  expect(why).toHaveAttribute('aria-expanded', 'true')
  const show = screen.getByRole('button', { name: /^Show in the text/ })
  await user.click(show)
  expect(onShow).toHaveBeenCalledExactlyOnceWith(remark('absolute', 'always'))
  await user.type(written(), 'So ', { initialSelectionStart: 0 })
  expect(show).not.toBeInTheDocument()
  expect(screen.getByText(advice)).toBeInTheDocument()
})

test('what is dismissed stays away from this draft, and a polite voice counts the rest', async () => {
  const asked = advises([
    remark('absolute', 'always'),
    remark('absolute', 'never'),
    remark('hedged', TEXT, { softeners: 4 }),
  ])
  const { user } = renderPart(<Form text={TEXT} />)
  const told = await screen.findByText('3 remarks on your words')
  expect(told).toHaveAttribute('aria-live', 'polite')
  await user.click(screen.getByRole('button', { name: /^Dismiss: “always”/ }))
  await user.click(screen.getByRole('button', { name: /^Dismiss: Leave out some of the 4/ }))
  expect(told).toHaveTextContent('1 remark on your words')
  advises([remark('absolute', 'Always'), remark('hedged', `${TEXT}!`, { softeners: 5 })])
  await user.type(written(), '!')
  await waitFor(() => expect(told).toBeEmptyDOMElement())
  expect(screen.queryByText(/how often/)).not.toBeInTheDocument()
  expect(asked).toHaveLength(1)
})

test('what the text holds is filled, what it lacks is not', async () => {
  advises([], [{ part: 'situation', start: 0, end: 3 }])
  renderPart(<Form text={TEXT} />)
  expect(await screen.findByRole('img', { name: 'Situation: seems to be there' })).toBeVisible()
  expect(screen.getByRole('img', { name: 'Behaviour: not yet there' })).toBeVisible()
  expect(screen.getByRole('img', { name: 'Impact: not yet there' })).toBeVisible()
})

test('how the receiver likes to be spoken to is said before the first word', async () => {
  likes('data')
  renderPart(<Form />)
  expect(await screen.findByText('Ben Okafor likes numbers')).toBeInTheDocument()
})

test('of several receivers no one alone is told of', async () => {
  likes('data')
  advises([])
  renderPart(<Form text={TEXT} receivers={[BEN, CHIARA]} />)
  await screen.findByRole('img', { name: /^Situation/ })
  expect(screen.queryByText(/likes numbers/)).not.toBeInTheDocument()
})

test('says nothing rather than fail', async () => {
  let refused = 0
  server.use(
    http.get('*/v1/communication-style', () => problem(404, 'not_found')),
    http.post('*/v1/feedback/advice', () => {
      refused += 1
      return problem(503, 'unavailable')
    }),
  )
  renderPart(<Form text={TEXT} />)
  await expect.poll(() => refused).toBe(1)
  await rest(100)
  expect(refused).toBe(1)
  expect(screen.queryByRole('region')).not.toBeInTheDocument()
})
