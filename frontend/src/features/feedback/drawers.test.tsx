import { screen, waitFor, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepDraft, readDraft } from '@/lib/drafts'
import { BEN, CHIARA, feedback, request, SETTINGS } from '@/test/feedback'
import { ME } from '@/test/fixtures'
import { renderPart } from '@/test/render'
import { problem, server, signIn, withApi } from '@/test/server'
import { GiveDrawer } from './give/GiveDrawer'
import { AnswerDrawer } from './requests/AnswerDrawer'
import { RequestDrawer } from './requests/RequestDrawer'

withApi()

const nothing = () => HttpResponse.json({ items: [], next_cursor: null })

beforeEach(() => {
  signIn()
  server.use(
    http.get('*/v1/me', () => HttpResponse.json(ME)),
    http.get('*/v1/feedback-settings', () => HttpResponse.json(SETTINGS)),
    http.get('*/v1/company-values', ({ request: asked }) =>
      new URL(asked.url).searchParams.get('archived') === 'true'
        ? nothing()
        : HttpResponse.json({
            items: [{ id: 'own', name: 'Own it', description: '', archived_at: null }],
            next_cursor: null,
          }),
    ),
    http.get('*/v1/goals', nothing),
    http.get('*/v1/people', () =>
      HttpResponse.json({ items: [BEN, CHIARA, ME.person], next_cursor: null }),
    ),
    http.get('*/v1/people/ben', () => HttpResponse.json(BEN)),
    http.get('*/v1/communication-style', () => HttpResponse.json({ style: null })),
    http.post('*/v1/feedback/advice', () => problem(503, 'unavailable')),
  )
})
afterEach(() => localStorage.clear())

function sentTo(path: string, answer: object = feedback()) {
  const sent: unknown[] = []
  server.use(
    http.post(path, async ({ request: asked }) => {
      sent.push(await asked.json())
      return HttpResponse.json(answer, { status: 201 })
    }),
  )
  return sent
}

const DRAFT = `feedback.${ME.person.id}.ben`

function give(kind: 'praise' | 'advice' = 'praise') {
  const onClosed = vi.fn()
  const rendered = renderPart(<GiveDrawer kind={kind} to="ben" onClosed={onClosed} />)
  return { ...rendered, onClosed }
}

const words = () => screen.findByRole('textbox', { name: /What would you like to say/ })

test('praise is a few words and Ctrl+Enter, and everybody reads it', async () => {
  const sent = sentTo('*/v1/feedback')
  const { user, onClosed } = give()
  await user.click(await screen.findByRole('checkbox', { name: 'Own it' }))
  await user.type(await words(), 'You found it.{Control>}{Enter}{/Control}')
  await waitFor(() => expect(onClosed).toHaveBeenCalled())
  expect(sent).toEqual([
    {
      receiver_ids: ['ben'],
      kind: 'praise',
      visibility: 'public',
      text: 'You found it.',
      value_ids: ['own'],
      skills: [],
      goal_id: null,
    },
  ])
})

test('advice is offered the audiences of advice, each in words', async () => {
  const { user } = give()
  await user.click(await screen.findByRole('radio', { name: 'Advice' }))
  const readers = await screen.findByRole('radiogroup', { name: 'Who reads it' })
  const names = within(readers)
    .getAllByRole('radio')
    .map((radio) => radio.getAttribute('aria-label'))
  expect(names).toEqual([
    'Whoever receives it: Only you and Ben Okafor',
    'Whoever receives it, and their manager: Only you, Ben Okafor and Ben Okafor’s manager',
    'Their manager alone: Only you and Ben Okafor’s manager',
  ])
  expect(within(readers).getAllByRole('radio')[0]).toHaveAttribute('aria-checked', 'true')
})

test('three parts become the paragraphs of the text', async () => {
  const sent = sentTo('*/v1/feedback')
  const { user } = give('advice')
  await user.type(await words(), 'On Tuesday')
  await user.click(screen.getByRole('switch', { name: 'Help me structure it' }))
  expect(await screen.findByRole('textbox', { name: 'Situation' })).toHaveValue('On Tuesday')
  await user.type(screen.getByRole('textbox', { name: 'Impact' }), 'I got lost')
  await user.click(screen.getByRole('button', { name: 'Give advice' }))
  await waitFor(() => expect(sent).toMatchObject([{ text: 'On Tuesday\n\nI got lost' }]))
})

test('without words nothing is sent, and a refusal keeps them', async () => {
  const { user, onClosed } = give()
  await user.click(await screen.findByRole('button', { name: 'Give praise' }))
  expect(await screen.findByText('This is needed')).toBeInTheDocument()
  server.use(http.post('*/v1/feedback', () => problem(422, 'invalid')))
  await user.type(await words(), 'Thanks')
  await user.click(screen.getByRole('button', { name: 'Give praise' }))
  expect(await screen.findByText('Some of this is not right yet.')).toBeInTheDocument()
  expect(await words()).toHaveValue('Thanks')
  expect(onClosed).not.toHaveBeenCalled()
})

test('a draft comes back, and is gone once it is sent', async () => {
  keepDraft(DRAFT, { text: 'Half a thought' }, '2026-11-20T08:00:00Z')
  sentTo('*/v1/feedback')
  const { user, onClosed } = give()
  await waitFor(async () => expect(await words()).toHaveValue('Half a thought'))
  expect(screen.getByText(/Your draft is back/)).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Give praise' }))
  await waitFor(() => expect(onClosed).toHaveBeenCalled())
  expect(readDraft(DRAFT)).toBeNull()
})

test('what is typed is kept on the device; to close asks, and to discard forgets', async () => {
  const { user, onClosed } = give()
  await user.type(await words(), 'Not yet')
  await waitFor(() => expect(readDraft(DRAFT)?.values).toMatchObject({ text: 'Not yet' }))
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(onClosed).not.toHaveBeenCalled()
  await user.click(await screen.findByRole('button', { name: 'Discard' }))
  expect(onClosed).toHaveBeenCalled()
  expect(readDraft(DRAFT)).toBeNull()
})

const remark = (words: string, start: number) => ({
  language: 'en',
  remarks: [
    { rule: 'absolute', kind: 'respectful', words, start, end: start + 6, softeners: null },
  ],
  structure: [],
})

test('what the coach remarks on is shown where it was typed', async () => {
  const asked = sentTo('*/v1/feedback/advice', remark('always', 4))
  const { user } = give()
  await user.type(await words(), '  You always find the cause')
  await user.click(await screen.findByRole('button', { name: /^Show in the text: “always”/ }))
  const input = (await words()) as HTMLTextAreaElement
  expect(input).toHaveFocus()
  expect(input.value.slice(input.selectionStart, input.selectionEnd)).toBe('always')
  expect(asked).toEqual([
    { kind: 'praise', language: 'en', text: 'You always find the cause', receiver_ids: ['ben'] },
  ])
})

test('what was written in parts is shown in its part', async () => {
  sentTo('*/v1/feedback/advice', remark('always', 16))
  const { user } = give('advice')
  await user.click(await screen.findByRole('switch', { name: 'Help me structure it' }))
  await user.type(screen.getByRole('textbox', { name: 'Situation' }), 'On Tuesday')
  await user.type(screen.getByRole('textbox', { name: 'Impact' }), 'You always win')
  await user.click(await screen.findByRole('button', { name: /^Show in the text/ }))
  const input = screen.getByRole('textbox', { name: 'Impact' }) as HTMLTextAreaElement
  expect(input).toHaveFocus()
  expect(input.value.slice(input.selectionStart, input.selectionEnd)).toBe('always')
})

test('a question about oneself goes to somebody', async () => {
  const sent = sentTo('*/v1/feedback-requests', request())
  const onClosed = vi.fn()
  const { user } = renderPart(<RequestDrawer of="ben" onClosed={onClosed} />)
  await user.click(await screen.findByRole('button', { name: 'Pick a ready-made one' }))
  await user.click(await screen.findByRole('menuitem', { name: /What support/ }))
  await user.click(screen.getByRole('button', { name: 'Add a question' }))
  await user.type(screen.getByRole('textbox', { name: 'Question 2' }), 'And what else?')
  await user.click(screen.getByRole('button', { name: 'Ask' }))
  await waitFor(() => expect(onClosed).toHaveBeenCalled())
  expect(sent).toEqual([
    {
      about_id: null,
      respondent_ids: ['ben'],
      questions: ['What support would have helped?', 'And what else?'],
      visibility: 'recipient',
      due_on: null,
    },
  ])
})

test('only managers are offered to ask about a report', async () => {
  renderPart(<RequestDrawer of="ben" onClosed={() => undefined} />)
  expect(await screen.findByRole('radio', { name: 'About me' })).toBeInTheDocument()
  expect(screen.queryByRole('radio', { name: 'One of my reports' })).not.toBeInTheDocument()
})

test('an answer shows what was asked, and who will read it', async () => {
  server.use(http.get('*/v1/feedback-requests/request', () => HttpResponse.json(request())))
  const sent = sentTo('*/v1/feedback-requests/request/answer')
  const onClosed = vi.fn()
  const { user } = renderPart(<AnswerDrawer requestId="request" onClosed={onClosed} />)
  expect(await screen.findByText('What should I do more of?')).toBeInTheDocument()
  expect(screen.getByText('Only you and Ben Okafor')).toBeInTheDocument()
  await user.type(screen.getByRole('textbox', { name: /Your answer/ }), 'Explain more')
  await user.click(screen.getByRole('button', { name: 'Send the answer' }))
  await waitFor(() => expect(onClosed).toHaveBeenCalled())
  expect(sent).toEqual([{ kind: 'advice', text: 'Explain more', value_ids: [] }])
})
