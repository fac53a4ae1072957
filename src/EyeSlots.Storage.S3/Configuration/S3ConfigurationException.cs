namespace EyeSlots.Storage.S3.Configuration;

/// <summary>
/// What is configured for S3 cannot be used. The message is a clause that names the setting; a call that fails by it puts before it what
/// was tried on which address.
/// </summary>
internal sealed class S3ConfigurationException(string message, Exception? inner = null) : EyeSlotsException(ErrorCodes.StorageFailed, message, inner);
