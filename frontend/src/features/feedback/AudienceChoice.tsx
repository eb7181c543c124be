import { Group, Radio, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FeedbackVisibility } from '@/api/gen/types.gen'
import { AUDIENCE_ICON, type Between, useAudienceText } from './audience'
import classes from './Feedback.module.css'

interface AudienceChoiceProps {
  label: string
  choices: FeedbackVisibility[]
  between: Between
  value: FeedbackVisibility
  onChange: (visibility: FeedbackVisibility) => void
  error?: ReactNode
}

/** Who will read it: each choice says it in words, with the names. */
export function AudienceChoice(props: AudienceChoiceProps) {
  const { label, choices, between, value, onChange, error } = props
  const { t } = useTranslation()
  const audienceText = useAudienceText()
  return (
    <Radio.Group
      label={label}
      value={value}
      onChange={(next) => onChange(next as FeedbackVisibility)}
      error={error}
    >
      <Stack gap={8} mt={6}>
        {choices.map((visibility) => {
          const Shape = AUDIENCE_ICON[visibility]
          return (
            <Radio.Card
              key={visibility}
              value={visibility}
              className={classes.choice}
              aria-label={`${t(`audience.choice.${visibility}`)}: ${audienceText(visibility, between)}`}
            >
              <Radio.Indicator mt={2} />
              <div style={{ flex: 1, minWidth: 0 }}>
                <Group gap={6} wrap="nowrap">
                  <Shape size={16} stroke={1.7} aria-hidden />
                  <Text size="sm" fw={570}>
                    {t(`audience.choice.${visibility}`)}
                  </Text>
                </Group>
                <Text size="xs" c="dimmed">
                  {audienceText(visibility, between)}
                </Text>
              </div>
            </Radio.Card>
          )
        })}
      </Stack>
    </Radio.Group>
  )
}
