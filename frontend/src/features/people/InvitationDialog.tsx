import { Alert, Button, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconCheck, IconCopy, IconMailCheck, IconMailForward } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { invitePerson, mailInvitation } from '@/api/gen/sdk.gen'
import type { MailedInvitation, PersonDetail } from '@/api/gen/types.gen'
import { FormProblem } from '@/components/FormProblem'
import { useFormat } from '@/i18n/format'

function OnItsWay({ invitation }: { invitation: MailedInvitation }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { email, expires_at } = invitation
  return (
    <>
      <Alert color="teal" icon={<IconMailCheck size={18} />} role="status">
        {t('person.invitation.mailed', { email, until: format.instant(expires_at) })}
      </Alert>
      {invitation.goes_by === 'folder' && (
        <Text size="sm" c="dimmed">
          {t('person.invitation.folder')}
        </Text>
      )}
    </>
  )
}

/**
 * A letter brings the link, or whoever invites hands it over: then its address is shown once.
 * Whoever holds it may set the password.
 */
export function InvitationDialog(props: { person: PersonDetail; onClose: () => void }) {
  const { person, onClose } = props
  const { t } = useTranslation()
  const format = useFormat()
  const invite = useMutation({
    mutationFn: async () => (await invitePerson({ body: { person_id: person.id } })).data,
    meta: { handled: true },
  })
  const mail = useMutation({
    mutationFn: async () => (await mailInvitation({ body: { person_id: person.id } })).data,
    meta: { handled: true },
  })
  const error = invite.error ?? mail.error
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('person.invitation.title', { name: person.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack>
        {error && (
          <FormProblem problem={error} messages={error.errors.map((part) => part.detail)} />
        )}
        {mail.data && <OnItsWay invitation={mail.data} />}
        {invite.data && (
          <>
            <Text size="sm">
              {t('person.invitation.ready', { until: format.instant(invite.data.expires_at) })}
            </Text>
            <TextInput
              readOnly
              data-autofocus
              label={t('person.invitation.address')}
              value={invite.data.url}
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton value={invite.data.url}>
              {({ copied, copy }) => (
                <Button
                  onClick={copy}
                  leftSection={copied ? <IconCheck size={17} /> : <IconCopy size={17} />}
                >
                  {copied ? t('common.copied') : t('common.copy')}
                </Button>
              )}
            </CopyButton>
          </>
        )}
        {!invite.data && !mail.data && (
          <>
            <Text size="sm">
              {t('person.invitation.text', { email: person.email ?? person.name })}
            </Text>
            <Group justify="flex-end">
              <Button
                variant="default"
                loading={invite.isPending}
                disabled={mail.isPending}
                onClick={() => invite.mutate()}
              >
                {t('person.invitation.create')}
              </Button>
              <Button
                data-autofocus
                leftSection={<IconMailForward size={17} />}
                loading={mail.isPending}
                disabled={invite.isPending}
                onClick={() => mail.mutate()}
              >
                {t('person.invitation.mail')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  )
}
