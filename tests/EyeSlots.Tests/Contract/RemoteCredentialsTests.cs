using System.Text;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Tests.Contract;

/// <summary>Credentials in two parts, of which neither says anything without the other.</summary>
public sealed class RemoteCredentialsTests
{
    private static readonly RemoteCredentials Sent = new("AKIAEXAMPLE", "a-planted-secret", "a-session-token");

    [Theory]
    [InlineData("a-session-token")]
    [InlineData(null)]
    public void Open_OfSealed_GivesThemBack(string? token)
    {
        var (file, key) = (Sent with { Token = token }).Seal();
        Assert.Equal(Sent with { Token = token }, RemoteCredentials.Open(file, key));
    }

    [Fact]
    public void Seal_ShowsNothing_AndNeverTheSameTwice()
    {
        var (first, second) = (Sent.Seal(), Sent.Seal());
        Assert.NotEqual(first.Key, second.Key);
        Assert.NotEqual(first.File, second.File);
        foreach (var part in (string[])[Encoding.Latin1.GetString(first.File), first.Key, Sent.ToString()])
        {
            Assert.DoesNotContain(Sent.Secret, part, StringComparison.Ordinal);
            Assert.DoesNotContain(Sent.Token!, part, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_WithAnotherKeyOrDamage_Throws()
    {
        var (file, key) = Sent.Seal();
        Assert.Throws<FormatException>(() => RemoteCredentials.Open(file, Sent.Seal().Key));
        Assert.Throws<FormatException>(() => RemoteCredentials.Open(file.AsSpan(0, file.Length - 1), key));
        Assert.Throws<FormatException>(() => RemoteCredentials.Open([], key));
        Assert.Throws<FormatException>(() => RemoteCredentials.Open(file, "short"));
    }

    [Fact]
    public void NameOfTheKey_IsHiddenBySparksDefaultRedaction() =>
        Assert.Matches("(?i)secret|password|token|access[.]?key", SessionSettings.CredentialsKey);
}
