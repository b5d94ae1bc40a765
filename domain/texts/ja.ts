import type { Texts } from './en.ts'

export const ja: Texts = {
  activation: {
    subject: (company) => `${company}のアカウントを有効にしてください`,
    preview: (company) => `${company}のアカウントのパスワードを設定してください。`,
    greeting: (name) => `${name} 様`,
    intro: (company) =>
      `${company}が学習プラットフォームにあなたのアカウントを作成しました。まずパスワードを設定してください。`,
    messageFrom: (company) => `${company}からのメッセージ：`,
    button: 'パスワードを設定する',
    linkBelow: 'ボタンが使えない場合は、次のアドレスをブラウザーに貼り付けてください。',
    expires: (when) =>
      `このリンクは一度だけ使えます。有効期限は${when}です。期限が過ぎた後は、リンク先のページで新しいリンクを請求できます。`,
    ignore: (company) => `このメールに心当たりがない場合は、無視していただくか、${company}にお問い合わせください。`,
  },
  report: {
    subjects: {
      completed: (file) => `${file}のインポート：完了`,
      rejected: (file) => `${file}のインポート：受け付けられませんでした（書き込みなし）`,
      cancelled: (file) => `${file}のインポート：中止`,
      failed: (file) => `${file}のインポート：失敗`,
    },
    intros: {
      completed: (file) => `${file}のインポートが完了しました。`,
      rejected: (file) =>
        `${file}のインポートは受け付けられませんでした。何も書き込まれず、誰にもメールは送られていません。`,
      cancelled: (file) => `${file}のインポートは中止されました。それまでに行われた内容は残ります。`,
      failed: (file) => `${file}のインポートは失敗し、再開できません。それまでに行われた内容は残ります。`,
    },
    reason: '理由',
    counts: {
      records: 'ファイルのレコード数',
      created: '作成',
      updated: '変更',
      skipped: '変更なし',
      invalid: 'エラーあり',
      assignments: 'コースの割り当て',
      emailsSent: '送信したメール',
      emailsFailed: '拒否されたメール',
    },
    button: '結果を見る',
    linkBelow: 'ボタンが使えない場合は、次のアドレスをブラウザーに貼り付けてください。',
  },
  page: {
    activateTitle: 'パスワードの設定',
    invited: (company) =>
      `${company}が学習プラットフォームにあなたのアカウントを作成しました。パスワードを設定すると使えるようになります。`,
    account: (email) => `アカウント：${email}`,
    passwordLabel: 'パスワード',
    passwordRule: (min) =>
      `${min}文字以上。文字の種類は自由です。いくつかの単語をつなげると、強くて覚えやすくなります。`,
    activateButton: 'アカウントを有効にする',
    errors: {
      tooShort: (min, found) => `${found}文字です。${min}文字以上にしてください。`,
      tooLong: (max) => `${max}文字以内にしてください。`,
      common: 'このパスワードは真っ先に推測されるものの一つです。別のものにしてください。',
      personal: 'お名前、メールアドレス、会社名以外のパスワードにしてください。',
    },
    doneTitle: 'アカウントが有効になりました',
    done: (company) => `パスワードを保存しました。${company}の学習プラットフォームにログインできます。`,
    usedTitle: 'このアカウントはすでに有効です',
    used: 'このリンクでパスワードが設定されています。そのパスワードでログインしてください。リンクはもう必要ありません。',
    platform: 'プラットフォームへ',
    expiredTitle: 'このリンクは期限切れです',
    expired: (when) => `${when}に期限が切れました。新しいリンクをお送りしましょうか。`,
    endedTitle: '新しいリンクがあります',
    ended: 'このメールより新しいメールをお送りしています。最後に届いたメールのリンクをお使いください。',
    endedRenew: '見つからない場合は、もう一度お送りできます。',
    renewButton: '新しいリンクを送る',
    renewedTitle: '受信トレイをご確認ください',
    renewed:
      'このリンクがパスワードの設定を待つアカウントのものであれば、そのアカウントのアドレスに新しいメールをお送りしています。数分かかることがあります。以前のリンクは使えなくなります。',
    disabledTitle: 'このアカウントは無効になっています',
    disabled: (company) => `${company}の管理者にお問い合わせください。`,
    unknownTitle: 'このリンクは確認できません',
    unknown: 'メールのリンクをもう一度開くか、全体をコピーしてください。途中で切れている可能性があります。',
    busyTitle: 'リクエストが多すぎます',
    busy: '少し待ってから、もう一度お試しください。',
  },
}
