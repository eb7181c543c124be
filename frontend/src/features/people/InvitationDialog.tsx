import { Button, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { invitePerson } from '@/api/gen/sdk.gen'
import type { PersonDetail } from '@/api/gen/types.gen'
import { FormProblem } from '@/components/FormProblem'
import { useFormat } from '@/i18n/format'

/** An invitation's address is shown once; whoever holds it may set the password. */
export function InvitationDialog(props: { person: PersonDetail; onClose: () => void }) {
  const { person, onClose } = props
  const { t } = useTranslation()
  const format = useFormat()
  const invite = useMutation({
    mutationFn: async () => (await invitePerson({ body: { person_id: person.id } })).data,
    meta: { handled: true },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('person.invitation.title', { name: person.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack>
        {invite.error && (
          <FormProblem
            problem={invite.error}
            messages={invite.error.errors.map((error) => error.detail)}
          />
        )}
        {invite.data ? (
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
        ) : (
          <>
            <Text size="sm">
              {t('person.invitation.text', { email: person.email ?? person.name })}
            </Text>
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button loading={invite.isPending} onClick={() => invite.mutate()}>
                {t('person.invitation.create')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  )
}
