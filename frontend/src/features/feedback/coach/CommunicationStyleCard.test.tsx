import { screen, waitFor } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test } from 'vitest'
import { ME } from '@/test/fixtures'
import { renderPart } from '@/test/render'
import { problem, server, signIn, withApi } from '@/test/server'
import { CommunicationStyleCard } from './CommunicationStyleCard'

withApi()
beforeEach(() => {
  signIn()
  server.use(
    http.get('*/v1/me', () => HttpResponse.json(ME)),
    http.get('*/v1/communication-style', () => HttpResponse.json({ style: 'story' })),
  )
})

const choice = (name: RegExp) => screen.findByRole('radio', { name })

test('one says how one likes to be spoken to, and takes it back', async () => {
  const sent: unknown[] = []
  server.use(
    http.put('*/v1/me/communication-style', async ({ request }) => {
      const body = (await request.json()) as object
      sent.push(body)
      return HttpResponse.json(body)
    }),
  )
  const { user } = renderPart(<CommunicationStyleCard />)
  expect(await choice(/^As a story/)).toBeChecked()
  await user.click(await choice(/^With numbers: I believe what can be counted/))
  expect(await screen.findByText('Your preference is kept')).toBeInTheDocument()
  expect(await choice(/^With numbers/)).toBeChecked()
  await user.click(await choice(/^Nothing in particular/))
  await waitFor(() => expect(sent).toEqual([{ style: 'data' }, { style: null }]))
  await waitFor(async () => expect(await choice(/^Nothing in particular/)).toBeChecked())
})

test('what was refused is not shown as chosen', async () => {
  server.use(http.put('*/v1/me/communication-style', () => problem(403, 'forbidden')))
  const { user } = renderPart(<CommunicationStyleCard />)
  await user.click(await choice(/^With care/))
  await waitFor(async () => expect(await choice(/^As a story/)).toBeChecked())
})
