using EyeSlots.Spark.Connect;

namespace EyeSlots.Spark.Tests.Connect;

public class ConnectionStringTests
{
    private const string Token = "s3cr3t";

    [Theory]
    [InlineData("sc://spark.example.com", "spark.example.com", 15002)]
    [InlineData("sc://spark.example.com/", "spark.example.com", 15002)]
    [InlineData("SC://10.0.0.1:443/", "10.0.0.1", 443)]
    [InlineData("sc://[::1]:15003/;user_id=me", "[::1]", 15003)]
    [InlineData("sc://[::1]", "[::1]", 15002)]
    [InlineData("sc://localhost:1/;;user_id=me;", "localhost", 1)]
    public void Parse_OfAnAddress_TakesHostAndPort(string text, string host, int port)
    {
        var connection = ConnectionString.Parse(text);
        Assert.Equal((host, port), (connection.Host, connection.Port));
    }

    [Fact]
    public void Parse_OfEveryKey_TakesEach()
    {
        var connection = ConnectionString.Parse(
            "sc://h:1/;token=a%3Bb=c;use_ssl=true;user_id=jo%20e;session_id=00112233-4455-6677-8899-aabbccddeeff;user_agent=mine;grpc_max_message_size=1000;X-Cluster=7");
        Assert.Equal("a;b=c", connection.Token);
        Assert.True(connection.HasToken);
        Assert.True(connection.UseSsl);
        Assert.Equal("jo e", connection.UserId);
        Assert.Equal("00112233-4455-6677-8899-aabbccddeeff", connection.SessionId);
        Assert.Equal("mine", connection.UserAgent);
        Assert.Equal(1000, connection.MaxMessageSize);
        Assert.Equal("7", connection.Headers["x-cluster"]);
    }

    [Fact]
    public void Parse_OfAnAddressAlone_LeavesTheRestOpen()
    {
        var connection = ConnectionString.Parse("sc://h");
        Assert.False(connection.HasToken);
        Assert.False(connection.UseSsl);
        Assert.Null(connection.UserId);
        Assert.Null(connection.SessionId);
        Assert.Null(connection.UserAgent);
        Assert.Null(connection.MaxMessageSize);
        Assert.Empty(connection.Headers);
    }

    [Theory]
    [InlineData("sc://far.example.com/;token=t", true)]
    [InlineData("sc://far.example.com/;token=t;use_ssl=false", false)]
    [InlineData("sc://localhost/;token=t", false)]
    [InlineData("sc://127.0.0.1/;token=t", false)]
    [InlineData("sc://[::1]/;token=t", false)]
    [InlineData("sc://localhost/;token=t;use_ssl=TRUE", true)]
    public void Parse_OfAToken_AsksForTlsUnlessTheServerIsHere(string text, bool useSsl) =>
        Assert.Equal(useSsl, ConnectionString.Parse(text).UseSsl);

    [Theory]
    [InlineData("", "The connection string must start with sc://; write sc://host:port/;key=value;….")]
    [InlineData("http://h", "The connection string must start with sc://; write sc://host:port/;key=value;….")]
    [InlineData("sc://", "The connection string's host '' is no host name; write sc://host:port/;key=value;…, an IPv6 address in brackets.")]
    [InlineData("sc://a b", "The connection string's host 'a b' is no host name; write sc://host:port/;key=value;…, an IPv6 address in brackets.")]
    [InlineData("sc://::1:80", "The connection string's host '::1' is no host name; write sc://host:port/;key=value;…, an IPv6 address in brackets.")]
    [InlineData("sc://h:", "The connection string's port '' is none; write a number from 1 to 65535, or none for 15002.")]
    [InlineData("sc://h:0", "The connection string's port '0' is none; write a number from 1 to 65535, or none for 15002.")]
    [InlineData("sc://h:65536", "The connection string's port '65536' is none; write a number from 1 to 65535, or none for 15002.")]
    [InlineData("sc://h;token=s3cr3t", "The connection string needs a / before its first ;: write sc://host:port/;key=value;….")]
    [InlineData("sc://me:s3cr3t@h/", "The connection string has a user before its host; write ;user_id=… after the / instead.")]
    [InlineData("sc://h/path;token=s3cr3t", "The connection string has a path; after the / only ;key=value may follow.")]
    [InlineData("sc://h/;s3cr3t", "A part of the connection string has no =; write ;key=value, with %3B for a ; inside a value.")]
    [InlineData("sc://h/;tokn=s3cr3t", "The connection string's key 'tokn' is not known; the keys are token, use_ssl, user_id, session_id, user_agent, grpc_max_message_size and headers that start with x-.")]
    [InlineData("sc://h/;s3cr3t==", "The connection string's key is not known; the keys are token, use_ssl, user_id, session_id, user_agent, grpc_max_message_size and headers that start with x-.")]
    [InlineData("sc://h:7?token=s3cr3t", "The connection string's port is none; write a number from 1 to 65535, or none for 15002.")]
    [InlineData("sc://h?token=s3cr3t", "The connection string's host is no host name; write sc://host:port/;key=value;…, an IPv6 address in brackets.")]
    [InlineData("sc://h/;token=", "The connection string's token is empty; give it a value or leave it out.")]
    [InlineData("sc://h/;token=s3cr3t;token=s3cr3t2", "The connection string has token twice; leave one out.")]
    [InlineData("sc://h/;token=s3cr3t%0A", "The connection string's token has characters that no header may carry; write printable ASCII.")]
    [InlineData("sc://h/;use_ssl=yes", "The connection string's use_ssl is 'yes'; write true or false.")]
    [InlineData("sc://h/;session_id=mine", "The connection string's session_id 'mine' is no UUID; write one such as 00112233-4455-6677-8899-aabbccddeeff.")]
    [InlineData("sc://h/;grpc_max_message_size=0", "The connection string's grpc_max_message_size is '0'; write bytes, from 1 to 2147483647.")]
    [InlineData("sc://h/;grpc_max_message_size=4MB", "The connection string's grpc_max_message_size is '4MB'; write bytes, from 1 to 2147483647.")]
    public void Parse_OfAMalformedText_SaysWhatToWrite(string text, string message)
    {
        var error = Assert.Throws<SparkConnectionException>(() => ConnectionString.Parse(text));
        Assert.Equal(message, error.Message);
        Assert.DoesNotContain(Token, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OfALongUserAgent_SaysTheLimit()
    {
        var error = Assert.Throws<SparkConnectionException>(() => ConnectionString.Parse("sc://h/;user_agent=" + new string('a', 1025)));
        Assert.Equal("The connection string's user_agent has 1025 characters; at most 1024 are allowed.", error.Message);
    }

    [Fact]
    public void ToString_OfAConnection_KeepsTheTokenBack() =>
        Assert.Equal("sc://h:7", ConnectionString.Parse($"sc://h:7/;token={Token};x-key={Token}").ToString());
}
