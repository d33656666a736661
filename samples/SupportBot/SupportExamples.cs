namespace SupportBot;

/// <summary>Where the examples come from. A real program reads them from its ticket system, reviewed by a person.</summary>
internal static class SupportExamples
{
    private static readonly (string Question, string Answer)[] Tickets =
    [
        ("Where is my order?", "You find its place under \"My orders\", updated every hour. If it has not moved for three days, tell us the order number and we ask the carrier."),
        ("How do I send something back?", "Print the label under \"My orders\" and hand the parcel in at any post office within 30 days. The refund comes two to five days after it arrives."),
        ("My invoice is wrong.", "I am sorry about that. Please tell us the invoice number and what should be different, and you get a corrected one within a day."),
        ("Can I change the delivery address?", "Yes, until the parcel is packed: open the order and choose \"Change address\". After that only the carrier can redirect it."),
        ("The product arrived broken.", "I am sorry! Send us a photo through \"Report damage\" and we ship a replacement today, free of charge."),
        ("How do I reset my password?", "Choose \"Forgot password\" on the sign-in page; the link in the e-mail is valid for one hour."),
        ("I did not get the e-mail.", "Please look into the spam folder first. If it is not there, tell us when you asked for it and we send it again."),
        ("Do you ship to Norway?", "Yes, in four to six working days. Customs duties are included in the price that you see at checkout."),
        ("Can I pay by bank transfer?", "Yes, choose \"Bank transfer\" at checkout. We ship as soon as the money has arrived, usually after one working day."),
        ("Is my warranty still valid?", "The warranty lasts two years from delivery; the exact date is under \"My products\"."),
        ("How do I delete my account?", "Choose \"Delete account\" under \"Settings\". Invoices stay with us for ten years because the law asks for it; everything else is gone within 30 days."),
        ("Can I speak to a person?", "Of course: we are on the phone from Monday to Friday, 8:00 to 18:00, or choose \"Call me back\" and name a time."),
        ("The discount code does not work.", "Codes are valid once and not for items on sale. Tell us the code and we look at what stands in its way."),
        ("I ordered the wrong size.", "Until it is packed you can change the size in the order itself. After that, exchange it free of charge with the label under \"My orders\"."),
        ("Wann kommt mein Paket?", "Den aktuellen Stand finden Sie unter „Meine Bestellungen“. Wenn sich drei Tage nichts bewegt, nennen Sie uns bitte die Bestellnummer."),
        ("怎么申请退款？", "请在“我的订单”中选择“退货”，并在30天内寄回商品。我们收到后二至五天内退款。"),
        ("Can you repair my device?", "Yes, also after the warranty. Choose \"Repair\" under \"My products\" and you get a price before anything is done."),
        ("Do you have a shop in Vienna?", "Not yet; our nearest shop is in Munich. Everything that it has can be ordered online too."),
        ("How do I unsubscribe?", "Every newsletter has the link at its end, and it works at once. You can also switch it off under \"Settings\"."),
        ("Was soll ich bei Fehler E14 tun?", "E14 heißt, dass der Filter voll ist: bitte spülen und neu einsetzen. Wenn die Meldung bleibt, tauschen wir das Gerät."),
    ];

    /// <summary>Gets four of five examples, to train on.</summary>
    public static IEnumerable<SupportExample> ForTraining => Examples(static index => index % 5 != 4);

    /// <summary>Gets the fifth, which the job never trains on: they show whether it learns or only remembers.</summary>
    public static IEnumerable<SupportExample> ForValidation => Examples(static index => index % 5 == 4);

    private static IEnumerable<SupportExample> Examples(Func<int, bool> isWanted) =>
        Tickets
            .Where((_, index) => isWanted(index))
            .Select(static ticket => new SupportExample { Question = ticket.Question, Answer = ticket.Answer });
}
