import { screen, waitFor } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { KeyResult } from '@/api/gen/types.gen'
import { goal, keyResult } from '@/test/fixtures'
import { renderPart } from '@/test/render'
import { problem, server, signIn, withApi } from '@/test/server'
import { KeyResultDrawer } from './KeyResultDrawer'

withApi()
beforeEach(signIn)

const STEPS: KeyResult['milestones'] = [
  { id: 'a', title: 'Contract', weight: '1', due_on: null, done_at: null },
  { id: 'b', title: 'Launch', weight: '1', due_on: '2026-12-01', done_at: null },
]

function open(stored?: KeyResult) {
  const sent: unknown[] = []
  const onClosed = vi.fn()
  server.use(
    http.post('*/v1/goals/smart-hints', () => HttpResponse.json({ hints: [], met: [] })),
    http.post('*/v1/goals/goal/key-results', async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json(keyResult(), { status: 201 })
    }),
    http.patch('*/v1/key-results/nps', async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json(keyResult())
    }),
  )
  const drawer = <KeyResultDrawer goal={goal()} keyResult={stored} onClosed={onClosed} />
  const { user } = renderPart(drawer)
  const choose = async (kind: string) => {
    await user.click(await screen.findByRole('combobox', { name: 'Kind' }))
    await user.click(await screen.findByRole('option', { name: new RegExp(`^${kind}`) }))
  }
  const type = async (name: string | RegExp, text: string) => {
    const field = screen.getByRole('textbox', { name })
    await user.clear(field)
    await user.type(field, text)
  }
  const save = async () => {
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(onClosed).toHaveBeenCalled())
  }
  return { user, sent, choose, type, save }
}

describe('a new key result', () => {
  test('each kind says what it is, and asks for its own fields only', async () => {
    const { choose } = open()
    await choose('Keep within limits')
    expect(screen.getByRole('combobox', { name: 'Kind' })).toHaveAccessibleDescription(
      /stays between two limits/,
    )
    expect(screen.getByRole('textbox', { name: 'At least' })).toBeInTheDocument()
    expect(screen.queryByRole('textbox', { name: /Target/ })).not.toBeInTheDocument()
    await choose('Yes or no')
    expect(screen.queryByRole('textbox', { name: 'At least' })).not.toBeInTheDocument()
    await choose('Percent')
    expect(screen.getByRole('textbox', { name: /Target/ })).toBeInTheDocument()
    expect(screen.queryByRole('textbox', { name: 'Unit' })).not.toBeInTheDocument()
  })

  test('a band goes out with the side that it has', async () => {
    const { choose, type, save, sent } = open()
    await choose('Keep within limits')
    await type(/What is measured/, 'Uptime')
    await type('At least', '99,5')
    await type('Unit', '%')
    await save()
    expect(sent).toEqual([
      {
        title: 'Uptime',
        kind: 'maintain',
        unit: '%',
        lower: '99.5',
        upper: null,
        tolerance: null,
        weight: '1',
      },
    ])
  })

  test('money has a currency, Euro unless told otherwise', async () => {
    const { user, choose, type, save, sent } = open()
    await choose('Money')
    await type(/What is measured/, 'Revenue')
    await type(/Target/, '5000')
    const currency = screen.getByRole('combobox', { name: /Currency/ })
    expect(currency).toHaveValue('EUR')
    await user.click(currency)
    await user.click(await screen.findByRole('option', { name: 'CHF' }))
    await save()
    expect(sent).toEqual([expect.objectContaining({ kind: 'currency', unit: 'CHF' })])
  })

  test('milestones are typed one after the other, with Enter', async () => {
    const { user, choose, type, save, sent } = open()
    await choose('Milestones')
    await type(/What is measured/, 'The launch')
    await user.type(screen.getByRole('textbox', { name: 'Milestone 1' }), 'Contract{Enter}')
    const second = screen.getByRole('textbox', { name: 'Milestone 2' })
    expect(second).toHaveFocus()
    await user.type(second, 'Launch{Enter}')
    await user.click(screen.getByRole('button', { name: 'Move milestone 2 up' }))
    await save()
    expect(sent).toEqual([
      expect.objectContaining({
        milestones: [
          { title: 'Launch', weight: '1', due_on: null },
          { title: 'Contract', weight: '1', due_on: null },
        ],
      }),
    ])
  })
})

describe('a stored key result', () => {
  test('with check-ins keeps its kind, and says why', async () => {
    open(keyResult())
    expect(await screen.findByRole('combobox', { name: 'Kind' })).toBeDisabled()
    expect(screen.getByText(/the kind stays/)).toBeInTheDocument()
  })

  test('keeps the ids of its milestones; one that is removed is left out', async () => {
    const { user, sent, save } = open(keyResult({ kind: 'milestones', milestones: STEPS }))
    await user.click(await screen.findByRole('button', { name: 'Remove milestone 1' }))
    expect(screen.getByRole('button', { name: 'Add a milestone' })).toHaveFocus()
    expect(screen.getByRole('button', { name: 'Remove milestone 1' })).toBeDisabled()
    await save()
    expect(sent).toEqual([
      { milestones: [{ id: 'b', title: 'Launch', weight: '1', due_on: '2026-12-01' }] },
    ])
  })

  test('that was not changed sends nothing of its milestones', async () => {
    const { sent, type, save } = open(keyResult({ kind: 'milestones', milestones: STEPS }))
    await screen.findByRole('combobox', { name: 'Kind' })
    await type(/What is measured/, 'Other')
    await save()
    expect(sent).toEqual([{ title: 'Other' }])
  })

  test('what the API refuses of a milestone lands on it', async () => {
    const { user } = open(keyResult({ kind: 'milestones', milestones: STEPS }))
    server.use(
      http.patch('*/v1/key-results/nps', () =>
        problem(422, 'invalid', [
          { pointer: '/milestones/1/title', code: 'x', detail: 'Too long.' },
        ]),
      ),
    )
    await user.type(await screen.findByRole('textbox', { name: 'Milestone 2' }), '!')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Too long.')).toBeInTheDocument()
    expect(screen.getByRole('textbox', { name: 'Milestone 2' })).toHaveFocus()
  })
})
