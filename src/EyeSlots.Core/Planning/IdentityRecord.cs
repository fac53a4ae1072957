using System.Text;

namespace EyeSlots.Core.Planning;

/// <summary>The image identities of a slice, as the spool holds them.</summary>
internal static class IdentityRecord
{
    /// <summary>Writes all identities of a slice, in the order of its faces.</summary>
    public static byte[] Write(ReadOnlySpan<ImageIdentity> images)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        foreach (var image in images)
        {
            writer.Write(image.Path);
            writer.Write(image.Size);
            writer.Write(image.Version);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads them back.</summary>
    public static ImageIdentity[] Read(ReadOnlySpan<byte> record, int count)
    {
        using var reader = new BinaryReader(new MemoryStream(record.ToArray()), Encoding.UTF8);
        var images = new ImageIdentity[count];
        for (var i = 0; i < count; i++) images[i] = new(reader.ReadString(), reader.ReadInt64(), reader.ReadString());
        return images;
    }
}
