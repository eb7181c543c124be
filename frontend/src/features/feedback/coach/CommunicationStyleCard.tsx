import { Card, Radio, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  getCommunicationStyleOptions,
  getCommunicationStyleQueryKey,
} from '@/api/gen/@tanstack/react-query.gen'
import { changeCommunicationStyle } from '@/api/gen/sdk.gen'
import type { SpeakingStyle } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { toastDone } from '@/components/toasts'
import classes from '../Feedback.module.css'

const NONE = 'none'
const STYLES = ['direct', 'considerate', 'data', 'story', NONE] as const
type Choice = (typeof STYLES)[number]

const styleOf = (choice: Choice): SpeakingStyle | null => (choice === NONE ? null : choice)

/** Where one says how one likes to be spoken to. */
export function CommunicationStyleCard() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const query = { person_id: useMe().person.id }
  const { data } = useSuspenseQuery(getCommunicationStyleOptions({ query }))
  const change = useMutation({
    mutationFn: async (choice: Choice) =>
      (await changeCommunicationStyle({ body: { style: styleOf(choice) } })).data,
    onSuccess: (saved) => {
      queryClient.setQueryData(getCommunicationStyleQueryKey({ query }), saved)
      toastDone(t('coach.own.saved'))
    },
  })
  const chosen = change.isPending ? change.variables : (data.style ?? NONE)
  return (
    <Card component="section" aria-label={t('coach.own.title')}>
      <Title order={2} mb={4}>
        {t('coach.own.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t('coach.own.hint')}
      </Text>
      <Radio.Group
        aria-label={t('coach.own.title')}
        value={chosen}
        onChange={(choice) => change.mutate(choice as Choice)}
      >
        <Stack gap={8}>
          {STYLES.map((style) => {
            const label = t(`coach.style.${style}.label`)
            const text = t(`coach.style.${style}.text`)
            return (
              <Radio.Card
                key={style}
                value={style}
                className={classes.choice}
                aria-label={`${label}: ${text}`}
              >
                <Radio.Indicator mt={2} />
                <div>
                  <Text size="sm" fw={570}>
                    {label}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {text}
                  </Text>
                </div>
              </Radio.Card>
            )
          })}
        </Stack>
      </Radio.Group>
    </Card>
  )
}
