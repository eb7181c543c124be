import { createFileRoute, useLocation, useRouter } from '@tanstack/react-router'
import { AcceptInvitationPage } from '@/features/auth/AcceptInvitationPage'

/** The token stands behind the `#`, where neither servers nor their logs get to see it. */
export const Route = createFileRoute('/invitation')({ component: AcceptInvitation })

function AcceptInvitation() {
  const { hash } = useLocation()
  const router = useRouter()
  return (
    <AcceptInvitationPage
      token={hash || undefined}
      onSignedIn={() => router.history.replace('/')}
    />
  )
}
