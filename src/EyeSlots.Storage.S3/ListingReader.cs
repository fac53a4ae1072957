using System.Globalization;
using System.Xml;

namespace EyeSlots.Storage.S3;

/// <summary>
/// Reads the XML of one page. The SDK's own reader compares each element with the paths of all others and takes several times as long,
/// which is most of what a listing of a million keys costs.
/// </summary>
internal sealed class ListingReader(S3Keys keys)
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,

        // S3 writes a control character of a key as a reference, which XML 1.0 does not have.
        CheckCharacters = false,
    };

    private readonly List<ObjectStat> files = [];
    private string? next, last;
    private bool isTruncated, isInOrder = true, hasEnded;

    /// <summary>Reads a page.</summary>
    /// <param name="xml">The answer's body.</param>
    /// <param name="after">The key of the bucket behind which the page begins, or null for whatever it begins with.</param>
    /// <param name="until">The last key of the bucket that is wanted, or null for all.</param>
    /// <exception cref="IOException">It is no listing, or is cut short.</exception>
    public ListingPage Read(Stream xml, string? after, string? until)
    {
        last = after;
        try
        {
            using var reader = XmlReader.Create(xml, Settings);
            if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "ListBucketResult") throw new XmlException("It is no listing.");
            for (var more = reader.Read(); more && !hasEnded && reader.NodeType == XmlNodeType.Element;) ReadPart(reader, until);
        }
        catch (Exception error) when (error is XmlException or FormatException)
        {
            throw new IOException("The answer is no listing.", error);
        }

        return new(files, isTruncated && !hasEnded ? next : null, last, isInOrder, hasEnded);
    }

    private void ReadPart(XmlReader reader, string? until)
    {
        switch (reader.LocalName)
        {
            case "Contents":
                ReadFile(reader, until);
                break;
            case "IsTruncated":
                isTruncated = reader.ReadElementContentAsBoolean();
                break;
            case "NextContinuationToken":
                next = reader.ReadElementContentAsString();
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadFile(XmlReader reader, string? until)
    {
        var item = default(Item);
        if (reader.IsEmptyElement) throw new XmlException("An object has no key.");
        for (reader.Read(); reader.NodeType == XmlNodeType.Element;) item.Read(reader);
        reader.ReadEndElement();
        var key = item.Key ?? throw new XmlException("An object has no key.");
        if (until is not null && KeyOrder.Compare(key, until) > 0) hasEnded = true;
        else if (keys.Below(key) is { } below) files.Add(item.Describe(below));
        isInOrder &= last is null || KeyOrder.Compare(last, key) < 0;
        last = key;
    }

    private struct Item
    {
        private long size;
        private string? etag, storageClass;
        private DateTime? modified;
        private bool isRestored;

        public string? Key { get; private set; }

        public void Read(XmlReader reader)
        {
            switch (reader.LocalName)
            {
                case "Key":
                    Key = reader.ReadElementContentAsString();
                    break;
                case "ETag":
                    etag = reader.ReadElementContentAsString();
                    break;
                case "Size":
                    size = long.Parse(reader.ReadElementContentAsString(), NumberStyles.None, CultureInfo.InvariantCulture);
                    break;
                case "LastModified":
                    modified = DateTime.Parse(reader.ReadElementContentAsString(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
                    break;
                case "StorageClass":
                    storageClass = reader.ReadElementContentAsString();
                    break;
                case "RestoreStatus":
                    isRestored = reader.ReadInnerXml().Contains("RestoreExpiryDate", StringComparison.Ordinal);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        public readonly ObjectStat Describe(string key) => S3Version.Describe(key, size, etag, modified) with { IsArchived = S3Version.IsArchive(storageClass) && !isRestored };
    }
}
