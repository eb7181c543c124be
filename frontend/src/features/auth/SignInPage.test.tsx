import { screen, waitFor } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test, vi } from 'vitest'
import { renderPart } from '@/test/render'
import { server, withApi } from '@/test/server'
import { SignInPage } from './SignInPage'

withApi()
beforeEach(() => localStorage.clear())

const SIGNED_IN = { access_token: 't', token_type: 'Bearer', expires_in: 600 }

async function tryToSignIn() {
  const onSignedIn = vi.fn()
  const { user } = renderPart(<SignInPage onSignedIn={onSignedIn} />)
  await user.type(await screen.findByRole('textbox', { name: 'E-mail' }), 'ada@halden.example')
  await user.type(screen.getByLabelText('Password'), 'lighthouse')
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  return { user, onSignedIn }
}

test('whoever belongs to several organizations chooses one', async () => {
  const bodies: unknown[] = []
  server.use(
    http.post('*/v1/auth/sessions', async ({ request }) => {
      const body = (await request.json()) as { organization?: string }
      bodies.push(body)
      if (body.organization) return HttpResponse.json(SIGNED_IN, { status: 201 })
      const organizations = [
        { name: 'Halden Optics', slug: 'halden' },
        { name: 'Another One', slug: 'another' },
      ]
      return HttpResponse.json({ code: 'organization_choice', organizations }, { status: 409 })
    }),
  )
  const { user, onSignedIn } = await tryToSignIn()
  await user.click(await screen.findByRole('radio', { name: 'Another One' }))
  await user.click(screen.getByRole('button', { name: 'Continue' }))
  await waitFor(() => expect(onSignedIn).toHaveBeenCalled())
  expect(bodies.at(-1)).toMatchObject({ organization: 'another' })
})

test('a refusal is told in words, with the time to wait', async () => {
  server.use(
    http.post('*/v1/auth/sessions', () =>
      HttpResponse.json(
        { code: 'too_many_attempts' },
        { status: 429, headers: { 'Retry-After': '61' } },
      ),
    ),
  )
  const { onSignedIn } = await tryToSignIn()
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Too many attempts. Try again in 2 minutes.',
  )
  expect(onSignedIn).not.toHaveBeenCalled()
})

test('an address that is none is not sent', async () => {
  const { user } = renderPart(<SignInPage onSignedIn={vi.fn()} />)
  await user.type(await screen.findByRole('textbox', { name: 'E-mail' }), 'ada')
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  expect(await screen.findByText('Enter your e-mail address')).toBeInTheDocument()
})
