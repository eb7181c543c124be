import { Button, Card, FileButton, List, Stack, Text, ThemeIcon } from '@mantine/core'
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '@/api/problem'
import { FormProblem } from '@/components/FormProblem'
import classes from './UploadStep.module.css'

interface UploadStepProps {
  problem: ApiError | null
  isReading: boolean
  onFile: (file: File) => void
}

export function UploadStep({ problem, isReading, onFile }: UploadStepProps) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  return (
    <Stack gap="lg">
      {problem && (
        <FormProblem problem={problem} messages={problem.errors.map(({ detail }) => detail)} />
      )}
      <Card>
        <section
          aria-label={t('imports.drop')}
          className={classes.drop}
          data-over={over || undefined}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault()
            setOver(false)
            const file = event.dataTransfer.files[0]
            if (file) onFile(file)
          }}
        >
          <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
            <IconFileSpreadsheet size={30} stroke={1.5} />
          </ThemeIcon>
          <Text fw={620} fz="lg">
            {t('imports.drop')}
          </Text>
          <Text size="sm" c="dimmed" maw={480}>
            {t('imports.dropHint')}
          </Text>
          <FileButton
            onChange={(file) => file && onFile(file)}
            accept=".csv,.tsv,.txt,text/csv"
            inputProps={{ 'aria-label': t('imports.choose') }}
          >
            {(props) => (
              <Button
                {...props}
                mt="sm"
                size="md"
                loading={isReading}
                leftSection={<IconUpload size={18} />}
              >
                {t('imports.choose')}
              </Button>
            )}
          </FileButton>
        </section>
      </Card>
      <Card>
        <Text fw={620} mb="xs">
          {t('imports.safeTitle')}
        </Text>
        <List size="sm" spacing={6} c="dimmed">
          <List.Item>{t('imports.safePlan')}</List.Item>
          <List.Item>{t('imports.safeRepeat')}</List.Item>
          <List.Item>{t('imports.safeSensitive')}</List.Item>
        </List>
      </Card>
    </Stack>
  )
}
