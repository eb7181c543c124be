import { createFileRoute, useRouter } from '@tanstack/react-router'
import { AcceptInvitationPage } from '@/features/auth/AcceptInvitationPage'
import { textParam } from '@/lib/search'

export const Route = createFileRoute('/accept-invitation')({
  validateSearch: (raw): { token?: string } => ({ token: textParam(raw, 'token') }),
  component: AcceptInvitation,
})

function AcceptInvitation() {
  const { token } = Route.useSearch()
  const router = useRouter()
  return <AcceptInvitationPage token={token} onSignedIn={() => router.history.push('/')} />
}
